"""Reads every row again and compares with what the authority signed."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from almanac.errors import WireError
from almanac.failures import NotProven
from almanac.lthash import Digest
from almanac.records import encode_record
from almanac.replica.rows import Table
from almanac.replica.state import Cursor, StreamState, read_cursor, read_streams
from almanac.replica.tables import read_layouts, read_schema, read_views, view_statements
from almanac.trust import Trust, check_signatures


@dataclass(frozen=True, slots=True)
class Verified:
    """What was read and found right."""

    cursor: Cursor
    records: int
    streams: int


def verify(db: sqlite3.Connection, pin: bytes) -> Verified:
    """Compares digests made from all rows, the tree's paths and the signatures up to the pin; `NotProven` says what differs.

    The connection is one for reading, outside of a transaction: all is read from one state.
    """
    db.execute("BEGIN")
    try:
        return _verify(db, pin)
    except WireError as error:
        raise NotProven(f"The local copy is damaged: {error.reason}. Make a new one: almanac sync --full") from None
    except sqlite3.DatabaseError as error:
        raise NotProven(f"The local copy is damaged: {error}. Make a new one: almanac sync --full") from None
    finally:
        db.execute("ROLLBACK")


def _verify(db: sqlite3.Connection, pin: bytes) -> Verified:
    cursor, streams = read_cursor(db), read_streams(db)
    check_signatures(cursor.delegations, pin)
    head = Trust(cursor.delegations).check_checkpoint(cursor.checkpoint)
    if (head.dataset, head.epoch, head.sequence) != (cursor.dataset, cursor.epoch, cursor.sequence):
        raise NotProven("The local copy says another head than its checkpoint. Make a new one: almanac sync --full")
    read = _read_again(db, streams)
    wrong = [name for name in streams if not _is_proven(name, streams[name], read[name], head.root)]
    if wrong:
        raise NotProven(f"Not what the authority signed: {', '.join(wrong)}. Make a new copy: almanac sync --full")
    if read_views(db) != view_statements(read_schema(db), read_layouts(db)):
        raise NotProven("The views are not those of the schema. Make a new copy: almanac sync --full")
    return Verified(cursor, sum(state.count for state in read.values()), len(streams))


def _read_again(db: sqlite3.Connection, streams: dict[str, StreamState]) -> dict[str, StreamState]:
    """The streams as their rows are."""
    read = {name: StreamState(state.number, Digest(), 0, state.proof) for name, state in streams.items()}
    by_number = {state.number: state for state in read.values()}
    for layout in read_layouts(db).values():
        for row in Table(db, layout).rows():
            state = by_number.get(row.stream)
            if state is None:
                raise NotProven(f"Record {row.record.record_id} of collection {layout.collection} stands in no stream")
            state.digest.add(encode_record(row.record))
            state.count += 1
    return read


def _is_proven(name: str, stored: StreamState, read: StreamState, root: bytes) -> bool:
    path_leads = stored.proof is None or stored.proof.root(name) == root
    return path_leads and read.is_proven and (stored.count, stored.digest.data) == (read.count, read.digest.data)
