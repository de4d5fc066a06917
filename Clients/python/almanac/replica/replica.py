"""The file of a replica: opened, made anew, replaced."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from almanac.errors import WireError
from almanac.failures import Misfit, NoReplica
from almanac.files import sync_folder
from almanac.merkle import Proof
from almanac.replica.applying import Applying
from almanac.replica.state import Cursor, read_cursor, read_streams, write_cursor
from almanac.replica.tables import APPLICATION_ID, VERSION, create_fixed_tables
from almanac.statements import Checkpoint, DelegationChain, Signed
from almanac.windows import Window

PATIENCE_SECONDS = 30


def connect(path: Path) -> sqlite3.Connection:
    """A connection for reading. It sees a whole commit, the same one for as long as a transaction lasts."""
    if not path.is_file():
        raise NoReplica("There is no local copy here yet. Make one: almanac sync")
    db = sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode=ro", uri=True, timeout=PATIENCE_SECONDS)
    db.execute("PRAGMA query_only = ON")
    db.execute("PRAGMA trusted_schema = OFF")
    return db


def is_usable(path: Path) -> bool:
    """Whether the file is a replica that this version understands."""
    try:
        with closing(connect(path)) as db:
            marks = [db.execute(f"PRAGMA {name}").fetchone() for name in ("application_id", "user_version")]
            read_cursor(db)
            read_streams(db)
            return marks == [(APPLICATION_ID,), (VERSION,)]
    except (sqlite3.Error, WireError, TypeError, NoReplica):
        return False


@dataclass(frozen=True, slots=True)
class Proven:
    """What a complete pull has shown: the checkpoint of its head and a proof for each stream, verified under delegations."""

    checkpoint: Signed[Checkpoint]
    delegations: DelegationChain
    proofs: dict[str, Proof | None]
    now: int

    @property
    def cursor(self) -> Cursor:
        """The cursor of a replica that has these digests."""
        head = self.checkpoint.statement
        return Cursor(head.dataset, head.epoch, head.sequence, self.checkpoint, self.delegations, self.now)


def apply_delta(path: Path, windows: Iterable[Window], proven: Proven) -> int:
    """Applies a delta in one transaction; how many records the replica has then. `Misfit` leaves it as it was."""
    with closing(sqlite3.connect(path, timeout=PATIENCE_SECONDS, isolation_level=None)) as db:
        db.execute("PRAGMA synchronous = EXTRA")
        db.execute("BEGIN IMMEDIATE")
        try:
            count = _apply(db, windows, proven)
            db.execute("COMMIT")
        except BaseException:
            # An interruption may come between the end of COMMIT and the next line.
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise
        return count


def build(path: Path, windows: Iterable[Window], proven: Proven) -> int:
    """Makes a replica of all its windows in a file of its own, and puts it in place of `path` when it is proven."""
    new = path.with_name(path.name + ".new")
    new.unlink(missing_ok=True)
    os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        with closing(sqlite3.connect(new, isolation_level=None)) as db:
            # Nobody reads this file before it is complete, and a crash builds it again.
            db.execute("PRAGMA journal_mode = OFF")
            db.execute("PRAGMA synchronous = OFF")
            db.execute("BEGIN")
            create_fixed_tables(db)
            count = _apply(db, windows, proven)
            db.execute("COMMIT")
        _put_in_place(new, path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    return count


def _put_in_place(new: Path, path: Path) -> None:
    with open(new, "rb") as file:
        os.fsync(file.fileno())
    _settle(path)
    os.replace(new, path)
    sync_folder(path.parent)


def _settle(path: Path) -> None:
    """Leaves no journal of the old file behind, which SQLite would apply to the new one."""
    journal = path.with_name(path.name + "-journal")
    if journal.exists():
        try:
            with closing(sqlite3.connect(path, timeout=PATIENCE_SECONDS, isolation_level=None)) as db:
                db.execute("BEGIN IMMEDIATE")
                db.execute("ROLLBACK")
        except sqlite3.Error:
            pass
    if journal.exists():
        path.unlink(missing_ok=True)
        journal.unlink(missing_ok=True)


def _apply(db: sqlite3.Connection, windows: Iterable[Window], proven: Proven) -> int:
    applying = Applying(db)
    applying.drop_streams(proven.proofs)
    for window in windows:
        applying.apply(window)
    for name, proof in proven.proofs.items():
        state = applying.stream(name)
        state.proof = proof
        if not state.is_proven:
            raise Misfit(f"the digest of {name} is not the one that the authority signed")
    applying.finish()
    write_cursor(db, proven.cursor)
    return sum(state.count for state in applying.streams.values())
