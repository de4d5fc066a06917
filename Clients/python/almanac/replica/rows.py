"""Records as rows of a replica's tables, and back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from almanac.reader import whole
from almanac.records import Record, read_values, write_values
from almanac.replica.columns import put, take
from almanac.replica.tables import Layout
from almanac.values import Value
from almanac.writer import written


@dataclass(frozen=True, slots=True)
class Row:
    """A record and the number of its stream in the replica."""

    stream: int
    record: Record


class Table:
    """The rows of a collection."""

    def __init__(self, db: sqlite3.Connection, layout: Layout) -> None:
        self._db = db
        self._layout = layout
        name, places = f"_c{layout.collection}", ", ".join("?" * (4 + len(layout.columns)))
        self._select = f"SELECT {layout.names} FROM {name}"
        self._find = f"{self._select} WHERE id = ?"
        self._write = f"INSERT OR REPLACE INTO {name} ({layout.names}) VALUES ({places})"
        self._delete = f"DELETE FROM {name} WHERE id = ?"

    def find(self, record_id: int) -> Row | None:
        """The row of a record."""
        stored = self._db.execute(self._find, (record_id,)).fetchone()
        return None if stored is None else self._row(stored)

    def rows(self, condition: str = "", *parameters: Any) -> Iterator[Row]:
        """All rows that meet a condition, in the order of their ids."""
        for stored in self._db.execute(f"{self._select} {condition} ORDER BY id", parameters):
            yield self._row(stored)

    def write(self, row: Row) -> None:
        """The row instead of the one with its id."""
        record = row.record
        rest = {field: value for field, value in record.values.items()}
        stored: list[Any] = []
        for field, code in self._layout.columns:
            value = rest.get(field)
            fits = value is not None and value.code == code
            stored.append(put(rest.pop(field)) if fits else None)
        self._db.execute(self._write, (record.record_id, row.stream, record.sequence, _rest_bytes(rest), *stored))

    def delete(self, record_id: int) -> None:
        """No row with the id."""
        self._db.execute(self._delete, (record_id,))

    def _row(self, stored: tuple[Any, ...]) -> Row:
        record_id, stream, sequence, rest, *contents = stored
        values = {} if rest is None else whole(rest, read_values)
        for (field, code), content in zip(self._layout.columns, contents):
            if content is not None:
                values[field] = take(code, content)
        return Row(stream, Record(self._layout.collection, record_id, sequence, values))


def _rest_bytes(values: Mapping[int, Value]) -> bytes | None:
    return written(lambda writer: write_values(writer, values)) if values else None
