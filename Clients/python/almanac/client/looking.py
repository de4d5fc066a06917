"""What needs no network: what is here, how old it is, whether it is what the authority signed, and what it answers."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from almanac.client.clock import now_milliseconds
from almanac.client.context import Context, Settings
from almanac.client.openssl import validity
from almanac.client.spool import Spool
from almanac.errors import WireError
from almanac.failures import NotProven, Usage
from almanac.replica.replica import connect
from almanac.replica.state import Cursor, read_cursor, read_streams
from almanac.replica.verifying import Verified, verify

_DENIED = (sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH)


@dataclass(frozen=True, slots=True)
class Status:
    """What is here. `age` is that of the authority's signature, in milliseconds."""

    folder: Path
    settings: Settings
    cursor: Cursor | None
    streams: dict[str, int]
    age: int
    certificate_days: int | None
    is_interrupted: bool


def status(context: Context) -> Status:
    """What is here, without reading the rows."""
    settings = context.settings()
    days = _days_left(context)
    interrupted = Spool(context.spool_path).purpose() is not None
    if not context.replica_path.exists():
        return Status(context.folder, settings, None, {}, 0, days, interrupted)
    try:
        with closing(connect(context.replica_path)) as db:
            cursor, streams = read_cursor(db), read_streams(db)
    except (sqlite3.DatabaseError, WireError) as error:
        raise NotProven(f"The local copy is damaged: {error}. Make a new one: almanac sync --full") from None
    age = now_milliseconds() - cursor.checkpoint.statement.time
    counts = {name: state.count for name, state in streams.items()}
    return Status(context.folder, settings, cursor, counts, age, days, interrupted)


def _days_left(context: Context) -> int | None:
    """For how many whole days the certificate is still good; negative when it has expired."""
    if not context.certificates_path.exists():
        return None
    return (validity(context.certificates_path.read_bytes())[1] - now_milliseconds() // 1_000) // 86_400


def verify_context(context: Context) -> Verified:
    """Reads every row again. Believes nothing but the pin: the signatures that lead to it are checked again too."""
    settings = context.settings()
    context.check_files()
    try:
        with closing(connect(context.replica_path)) as db:
            # Without this, a connection for reading would hand out what SQLite's structures lead to, whatever that is.
            if db.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise NotProven("The local copy is damaged. Make a new one: almanac sync --full")
            verified = verify(db, bytes.fromhex(settings.pin))
    except sqlite3.DatabaseError as error:
        raise NotProven(f"The local copy is damaged: {error}. Make a new one: almanac sync --full") from None
    if str(verified.cursor.dataset) != settings.dataset:
        raise NotProven("The local copy is one of another dataset. Make a new one: almanac sync --full")
    return verified


@contextmanager
def query(context: Context, sql: str) -> Iterator[tuple[tuple[str, ...], Iterator[tuple[Any, ...]]]]:
    """The columns and the rows of one statement, which can change nothing and reach no other file."""
    context.settings()
    with closing(connect(context.replica_path)) as db:
        db.set_authorizer(_authorise)
        try:
            cursor = db.execute(sql)
            yield tuple(column[0] for column in cursor.description or ()), cursor
        except (sqlite3.Error, sqlite3.Warning) as error:
            raise Usage(f"SQLite says: {error}") from None


def _authorise(action: int, *_: object) -> int:
    """No other file, and no settings of the connection."""
    return sqlite3.SQLITE_DENY if action in _DENIED or action == sqlite3.SQLITE_PRAGMA else sqlite3.SQLITE_OK
