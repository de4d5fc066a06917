"""Chunks of a window (section 13): decoded only."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from almanac import caps
from almanac.columns import Budget, Column, read_column
from almanac.errors import Inconsistent, InflateFailed, OutOfRange, TooLarge
from almanac.places import Position, read_collection
from almanac.reader import Reader, require_ascending, whole
from almanac.values import Value


class Kind(Enum):
    """What the rows of a chunk are."""

    WHOLE = 1
    PATCH = 2
    TOMBSTONE = 3


@dataclass(frozen=True, slots=True)
class Change:
    """A row. In a whole record, `values` has what is not null; in a patch, None is the new value null."""

    kind: Kind
    place: Position
    values: Mapping[int, Value | None]


def read_chunk(reader: Reader, base: int, budget: Budget) -> list[Change]:
    """The changes of a chunk, in the order of its rows; `base` and `budget` are the window's."""
    kind = Kind(reader.code(range(1, 4), "kind"))
    collection = read_collection(reader)
    rows = _capped(reader, caps.CHUNK_ROWS, "rows of a chunk")
    if rows == 0:
        raise OutOfRange("a chunk has at least one row")
    size = _capped(reader, caps.CHUNK_BODY, "bytes of a body")
    method, data = reader.code(range(2), "method"), reader.blob()
    body = _inflated(data, size) if method else data
    if len(body) != size:
        raise Inconsistent(f"a stored body has {len(body)} bytes and {size} are announced")
    return whole(body, lambda content: _read_body(content, kind, collection, rows, base, budget))


def _inflated(data: bytes, size: int) -> bytes:
    if size > caps.INFLATION * len(data):
        raise InflateFailed(f"{len(data)} bytes of deflate data cannot give {size}")
    return inflate(data, size)


def _capped(reader: Reader, cap: int, what: str) -> int:
    number = reader.varint()
    if number > cap:
        raise TooLarge(f"{number} {what}; the cap is {cap}")
    return number


def inflate(data: bytes, size: int) -> bytes:
    """What raw deflate data gives: exactly `size` bytes, up to the end of a final block, with nothing behind it."""
    machine = zlib.decompressobj(-15)
    try:
        body = machine.decompress(data, size + 1)
    except zlib.error:
        raise InflateFailed("the data is not deflate") from None
    if len(body) != size or not machine.eof or machine.unused_data or machine.unconsumed_tail:
        raise InflateFailed(f"the data does not give {size} bytes and end there")
    return body


def _read_body(reader: Reader, kind: Kind, collection: int, rows: int, base: int, budget: Budget) -> list[Change]:
    record_ids = _read_running(reader, rows, 0, 1, caps.RECORD_ID_MAX, "record id")
    sequences = _read_running(reader, rows, base, 0, caps.SEQUENCE_MAX, "sequence")
    nulls = kind is Kind.PATCH
    columns = reader.list_of(lambda item: read_column(item, rows, nulls, budget), caps.FIELD_MAX, "columns")
    require_ascending([column.field for column in columns], "fields of columns")
    if kind is Kind.TOMBSTONE and columns:
        raise Inconsistent("tombstones have no columns")
    places = [Position(sequence, collection, record_id) for sequence, record_id in zip(sequences, record_ids)]
    return [Change(kind, place, _row(kind, columns, index)) for index, place in enumerate(places)]


def _read_running(reader: Reader, rows: int, start: int, least: int, greatest: int, what: str) -> list[int]:
    """So many numbers, each as its difference to the one before."""
    numbers: list[int] = []
    for _ in range(rows):
        start += reader.zigzag()
        if not least <= start <= greatest:
            raise OutOfRange(f"{what} {start} is not from {least} to {greatest}")
        numbers.append(start)
    return numbers


def _row(kind: Kind, columns: tuple[Column, ...], index: int) -> dict[int, Value | None]:
    row = {column.field: column.rows[index] for column in columns}
    if kind is Kind.PATCH:
        return row
    return {field: value for field, value in row.items() if value is not None}
