"""The command line: exit statuses, objects a line, nothing that a terminal would obey."""

from __future__ import annotations

import base64
import contextlib
import errno
import io
import json
from dataclasses import replace
from typing import Any
from unittest import mock

from almanac.__main__ import main
from almanac.client.context import Context
from almanac.client.syncing import sync
from tests.authority import text
from tests.laptop import PLACES, LaptopTests


class CommandLineTests(LaptopTests):
    """Each command, by its exit status and by what it prints."""

    def run_main(self, *arguments: str) -> tuple[int, str, str]:
        """Exit status, stdout, stderr."""
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                status = main(arguments)
            except SystemExit as end:
                status = int(end.code or 0)
        return status, out.getvalue(), err.getvalue()

    def at(self, context: Context, command: str, *arguments: str) -> tuple[int, list[dict[str, Any]]]:
        """A command with --json: exit status and objects. Nothing else is printed."""
        status, out, err = self.run_main(command, "--json", "--context", str(context.folder), *arguments)
        self.assertEqual(err, "")
        return status, [json.loads(line) for line in out.splitlines()]

    def test_from_an_invitation_to_an_answer(self) -> None:
        self.found()
        link = self.link()
        context = Context(self.folder / "mine")
        status, objects = self.at(context, "enrol", link)
        self.assertEqual((status, objects[0]["message_type"], objects[0]["person"]), (0, "summary", "Lea"))
        self.assertEqual(self.at(context, "verify")[0], 10)
        status, objects = self.at(context, "sync")
        self.assertEqual((status, objects[0]["from"], objects[0]["to"]), (0, None, 2))
        self.assertEqual(self.at(context, "verify")[1][0]["records"], len(self.authority.entries))
        self.assertEqual(self.at(context, "status")[1][0]["streams"]["deals/asia"], 3)
        self.assertEqual(self.at(context, "path")[1][0]["path"], str(context.replica_path))
        rows = self.at(context, "query", "SELECT key, amount FROM deals WHERE id = 1")[1]
        self.assertEqual(rows, [{"message_type": "row", "values": {"key": "d1", "amount": 1.5}}])

    def link(self) -> str:
        """The invitation as people get it."""
        invitation = self.server.invitation
        parts = (base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in (invitation.secret, invitation.pin))
        return f"almanac://127.0.0.1:{self.server.port}/{'.'.join(parts)}"

    def test_failures_have_their_exit_status(self) -> None:
        self.found()
        self.assertEqual(self.run_main("sing")[0], 64)
        self.assertEqual(self.run_main()[0], 64)
        self.assertEqual(self.run_main("enrol", "almanac://somewhere")[0], 64)
        nowhere = Context(self.folder / "nowhere")
        self.assertEqual([self.at(nowhere, command)[0] for command in ("sync", "status", "verify")], [4, 4, 4])
        context = self.enrolled()
        sync(context)
        self.authority.chain = bytes(32)
        status, objects = self.at(context, "sync")
        self.assertEqual((status, objects[0]["message_type"], objects[0]["code"]), (7, "error", "not_proven"))
        context.write_settings(replace(context.settings(), port=1))
        status, objects = self.at(context, "sync")
        self.assertEqual((status, objects[0]["code"]), (5, "offline"))

    def test_threat_25_a_disk_that_is_full(self) -> None:
        self.found()
        context = self.enrolled()
        with mock.patch("almanac.client.spool.Spool.append", side_effect=OSError(errno.ENOSPC, "No space left on device")):
            status, objects = self.at(context, "sync")
        self.assertEqual((status, objects[0]["message_type"]), (1, "error"))
        self.assertIn("No space left", objects[0]["message"])
        self.assertEqual(self.at(context, "sync")[0], 0)

    def test_threat_22_queries_change_nothing_and_reach_nothing_else(self) -> None:
        self.found()
        context = self.enrolled()
        sync(context)
        before = context.replica_path.read_bytes()
        for sql in (
            "DELETE FROM _c17",
            "INSERT INTO deals VALUES (1)",
            "DROP VIEW deals",
            "CREATE TEMP TABLE t (x)",
            f"ATTACH '{self.folder}/other' AS other",
            f"VACUUM INTO '{self.folder}/other'",
            "PRAGMA query_only = OFF",
            "PRAGMA journal_mode = WAL",
            "SELECT load_extension('x')",
            "SELECT 1; DELETE FROM _c17",
            "SELECT * FROM nowhere",
            "SELECT abs(-9223372036854775807 - 1) FROM deals",
        ):
            with self.subTest(sql=sql):
                self.assertEqual(self.at(context, "query", sql)[0], 64)
        self.assertEqual(context.replica_path.read_bytes(), before)
        self.assertFalse((self.folder / "other").exists())

    def test_threat_19_data_does_not_command_a_terminal(self) -> None:
        self.found()
        self.authority.commit(("reference", PLACES, 9, {1: text("p9"), 2: text("\x1b[2J\u202eevil\n\x9b\x00")}))
        context = self.enrolled()
        sync(context)
        status, out, _ = self.run_main("query", "--context", str(context.folder), "SELECT name FROM places WHERE id = 9")
        self.assertEqual((status, out), (0, "name\n\\x1b[2J\\u202eevil\\n\\x9b\\x00\n"))
