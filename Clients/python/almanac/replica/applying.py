"""Changes become rows (section 14). Nothing here begins or ends a transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection as SomeNames

from almanac import caps
from almanac.chunks import Change, Kind
from almanac.failures import Misfit
from almanac.records import Record, encode_record
from almanac.replica.own import own_collections
from almanac.replica.rows import Row, Table
from almanac.replica.schema import SCHEMA_COLLECTION, SCHEMA_FIELD
from almanac.replica.state import StreamState, add_stream, read_streams, write_stream
from almanac.replica.tables import (
    add_columns,
    create_table,
    create_views,
    drop_views,
    lacks_own_columns,
    read_layouts,
    read_schema,
    read_views,
)
from almanac.values import Value
from almanac.windows import Window

_SCHEMA = (SCHEMA_COLLECTION, SCHEMA_FIELD)


class Applying:
    """Applies windows to a replica, in the order in which they were received."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._tables = {number: Table(db, layout) for number, layout in read_layouts(db).items()}
        self._schema_changed = lacks_own_columns(db)
        self._views_are_old = not read_views(db)
        self.streams: dict[str, StreamState] = read_streams(db)
        self._by_number = {state.number: state for state in self.streams.values()}

    def drop_streams(self, kept: SomeNames[str]) -> None:
        """Streams that nobody wants any more go, with their records."""
        for name in sorted(set(self.streams) - set(kept)):
            number = self.streams.pop(name).number
            for collection in self._tables:
                self._db.execute(f"DELETE FROM _c{collection} WHERE _stream = ?", (number,))
            self._db.execute("DELETE FROM _streams WHERE id = ?", (number,))
            self._schema_changed = True

    def apply(self, window: Window) -> None:
        """All changes of a window; `Misfit` where it does not fit."""
        stream = self.stream(window.stream)
        for change in window.changes:
            self._apply(change, stream)

    def stream(self, name: str) -> StreamState:
        """The stream of a name, which is made if need be."""
        if name not in self.streams:
            self.streams[name] = state = add_stream(self._db, name)
            self._by_number[state.number] = state
        return self.streams[name]

    def finish(self) -> None:
        """Writes what was kept in memory: digests and counts, columns and views of a schema that has changed."""
        if self._schema_changed:
            self._take_schema()
        if self._views_are_old:
            drop_views(self._db)
            create_views(self._db, read_schema(self._db))
        for state in self.streams.values():
            write_stream(self._db, state)

    def _apply(self, change: Change, stream: StreamState) -> None:
        table = self._table(change.place.collection)
        old = table.find(change.place.record_id)
        if old is not None and old.record.sequence >= change.place.sequence:
            return
        match change.kind:
            case Kind.TOMBSTONE:
                if old is not None and old.stream == stream.number:
                    self._leave(old)
                    table.delete(old.record.record_id)
                    self._schema_changed |= change.place.collection in _SCHEMA
                return
            case Kind.PATCH:
                record = _patched(change, old, stream)
            case Kind.WHOLE:
                record = _record(change, {field: value for field, value in change.values.items() if value is not None})
        if old is not None:
            self._leave(old)
        stream.digest.add(encode_record(record))
        stream.count += 1
        table.write(Row(stream.number, record))
        self._schema_changed |= change.place.collection in _SCHEMA

    def _leave(self, row: Row) -> None:
        state = self._by_number.get(row.stream)
        if state is None:
            raise Misfit(f"record {row.record.record_id} stands in a stream that the replica does not have")
        state.digest.remove(encode_record(row.record))
        state.count -= 1

    def _table(self, collection: int) -> Table:
        if self._schema_changed and collection not in _SCHEMA:
            self._take_schema()
        if collection not in self._tables:
            create_table(self._db, collection)
            self._tables[collection] = Table(self._db, read_layouts(self._db)[collection])
        return self._tables[collection]

    def _take_schema(self) -> None:
        """Makes the columns that the schema explains now, and moves into them what was kept without one."""
        for collection in (own_collections() | read_schema(self._db)).values():
            if add_columns(self._db, collection):
                table = Table(self._db, read_layouts(self._db)[collection.number])
                for row in list(table.rows("WHERE _rest IS NOT NULL")):
                    table.write(row)
        self._tables = {number: Table(self._db, layout) for number, layout in read_layouts(self._db).items()}
        self._schema_changed, self._views_are_old = False, True


def _record(change: Change, values: dict[int, Value]) -> Record:
    return Record(change.place.collection, change.place.record_id, change.place.sequence, values)


def _patched(change: Change, old: Row | None, stream: StreamState) -> Record:
    """The record that a patch makes; a record that would be above its cap does not fit either."""
    if old is None or old.stream != stream.number:
        raise Misfit(f"record {change.place.record_id} of collection {change.place.collection} is not there to be patched")
    values = dict(old.record.values)
    for field, value in change.values.items():
        if value is None:
            values.pop(field, None)
        else:
            values[field] = value
    if len(values) > caps.FIELD_MAX:
        raise Misfit(f"record {change.place.record_id} would have {len(values)} values")
    return _record(change, values)
