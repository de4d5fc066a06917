"""The command line: python3 -m almanac."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sqlite3
import sys
from collections.abc import Callable, Iterable
from typing import Any, NoReturn

from almanac.client.contexts import find_context
from almanac.client.enrolling import enrol
from almanac.client.following import follow
from almanac.client.link import parse_link
from almanac.client.looking import query, status, verify_context
from almanac.client.stepping import Synced
from almanac.client.syncing import sync
from almanac.failures import Failure, Usage
from almanac.replica.columns import instant_text

EPILOGUE = """exit status: 0 done, 1 failed, 4 not allowed or not enrolled, 5 offline, 7 not what the authority signed,
10 no local copy, 11 another process is syncing, 13 versions do not fit, 64 usage, 130 interrupted"""


class _Parser(argparse.ArgumentParser):
    """Wrong usage has the exit status 64."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(Usage.exit_status, f"error: {message}\n")


class Printer:
    """Data goes to stdout, words for people to stderr; with `--json`, one object a line to stdout and nothing else."""

    def __init__(self, is_json: bool) -> None:
        self.is_json = is_json

    def object(self, message_type: str, **content: Any) -> None:
        """One object, where objects are wanted."""
        if self.is_json:
            print(json.dumps({"message_type": message_type, **content}, ensure_ascii=False))

    def line(self, text: str) -> None:
        """One line for people."""
        if not self.is_json:
            print(visible(text), file=sys.stderr)

    def waiting(self, seconds: float, reason: str) -> None:
        """Why nothing comes for a while."""
        self.object("status", stage="reconnecting", after_milliseconds=round(seconds * 1_000), reason=reason)
        self.line(f"{reason.removesuffix('.')}. Again in {seconds:.0f} s")
        sys.stdout.flush()

    def failure(self, failure: Failure) -> int:
        """Why there is nothing else; the exit status."""
        self.object("error", code=failure.kind, exit_status=failure.exit_status, message=str(failure))
        self.line(f"error: {failure}")
        return failure.exit_status


def visible(text: str) -> str:
    """The text without anything that a terminal would obey: control characters and direction marks are shown as escapes."""
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in text)


def _enrol(options: argparse.Namespace, printer: Printer) -> None:
    invitation = parse_link(options.link)
    done = enrol(invitation, options.context, options.device)
    printer.object("summary", context=str(done.context.folder), person=done.settings.person, dataset=done.settings.dataset)
    printer.line(f"Authority SHA256:{invitation.pin.hex()} matches the invitation")
    printer.line(f"Enrolled {done.settings.device} as {done.settings.person}; context {done.context.folder}")


def _sync(options: argparse.Namespace, printer: Printer) -> None:
    streams = tuple(options.streams) if options.streams else None
    context = find_context(options.context)
    if not options.follow:
        return _show_synced(sync(context, streams, options.full), printer)
    for done in follow(context, streams, options.full, waiting=printer.waiting):
        _show_synced(done, printer, "step")
        # Whoever feeds on the steps gets each at once, also through a pipe.
        sys.stdout.flush()


def _show_synced(done: Synced, printer: Printer, message_type: str = "summary") -> None:
    content = {"from": done.before or None, "to": done.sequence, "records": done.records, "streams": done.streams}
    commit = done.commit and {"author": done.commit.author, "message": done.commit.message, "time": instant_text(done.commit.time)}
    printer.object(message_type, **content, commit=commit, received_bytes=done.received, full=done.full)
    printer.line(f"{done.name}  r{done.before} → r{done.sequence}  {done.received} bytes")
    if done.commit is not None:
        printer.line(f"  {done.commit.author}: {done.commit.message}")
    printer.line(f"✓ {done.records} records in {done.streams} streams; digest verified")


def _verify(options: argparse.Namespace, printer: Printer) -> None:
    done = verify_context(find_context(options.context))
    printer.object("summary", sequence=done.cursor.sequence, records=done.records, streams=done.streams)
    printer.line(f"✓ r{done.cursor.sequence}: {done.records} records in {done.streams} streams are what the authority signed")


def _status(options: argparse.Namespace, printer: Printer) -> None:
    here = status(find_context(options.context))
    head = None if here.cursor is None else here.cursor.sequence
    hours = here.age // 3_600_000
    content = {"context": str(here.folder), "name": here.settings.name, "person": here.settings.person, "sequence": head}
    printer.object("status", **content, age_ms=here.age, streams=here.streams, certificate_days=here.certificate_days)
    if printer.is_json:
        return
    print(visible(f"{here.settings.name}  {'no local copy yet' if head is None else f'r{head}, signed {hours} h ago'}"))
    for name, count in here.streams.items():
        print(visible(f"{name}  {count} records"))
    print(f"certificate {here.certificate_days} days{'; a sync was interrupted' if here.is_interrupted else ''}")


def _query(options: argparse.Namespace, printer: Printer) -> None:
    with query(find_context(options.context), options.sql) as (columns, rows):
        if not printer.is_json:
            print("\t".join(map(visible, columns)))
        for row in rows:
            if printer.is_json:
                printer.object("row", values=dict(zip(columns, map(_plain, row))))
            else:
                print("\t".join("" if cell is None else visible(str(_plain(cell))) for cell in row))


def _plain(cell: Any) -> Any:
    return cell.hex() if isinstance(cell, bytes) else cell


def _path(options: argparse.Namespace, printer: Printer) -> None:
    path = find_context(options.context).replica_path
    printer.object("path", path=str(path))
    if not printer.is_json:
        print(path)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python3 -m almanac", description="An exact offline copy of an Almanac dataset.", epilog=EPILOGUE)
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=_Parser)

    def command(name: str, run: Callable[[argparse.Namespace, Printer], None], text: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=text, description=text, epilog=EPILOGUE)
        made.set_defaults(run=run)
        made.add_argument("--context", metavar="NAME", help="a context's name, or its folder (with a slash)")
        made.add_argument("--json", action="store_true", help="one JSON object a line")
        return made

    enrolling = command("enrol", _enrol, "Make this device known to an authority, with an invitation.")
    enrolling.add_argument("link", metavar="LINK")
    enrolling.add_argument("--device", metavar="NAME", help="this device's name (default: the host's)")
    syncing = command("sync", _sync, "Bring the local copy to the authority's state, and prove it.")
    syncing.add_argument("--streams", nargs="+", metavar="PATTERN", help="what to keep from now on: rankings, deals/*, *")
    syncing.add_argument("--full", action="store_true", help="fetch everything again, into a new file")
    syncing.add_argument("--follow", action="store_true", help="stay connected, and take over what comes")
    command("verify", _verify, "Read every row again and compare with what the authority signed.")
    command("status", _status, "What is here, and how old it is.")
    command("query", _query, "Answer one statement of SQL from the local copy.").add_argument("sql", metavar="SQL")
    command("path", _path, "Print the path of the local copy, a SQLite file.")
    return parser


def main(arguments: Iterable[str] | None = None) -> int:
    """Runs a command; its exit status."""
    options = _parser().parse_args(None if arguments is None else list(arguments))
    printer = Printer(options.json)
    try:
        options.run(options, printer)
        sys.stdout.flush()
    except Failure as failure:
        return printer.failure(failure)
    except KeyboardInterrupt:
        printer.line("interrupted; nothing is lost")
        return 128 + signal.SIGINT
    except BrokenPipeError:
        # Whoever read has seen enough; Python would complain once more when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, sqlite3.Error) as error:
        return printer.failure(Failure(f"{error}. Nothing that was here before is lost"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
