"""Bytes of windows, for servers in tests: one chunk a row, stored, every column plain."""

from __future__ import annotations

from collections.abc import Sequence

from almanac import values
from almanac.chunks import Change, Kind
from almanac.places import Position, write_position
from almanac.values import Decimal, Value
from almanac.writer import Writer, text_bytes, written


def window_bytes(stream: str, base: int, head: int, end: Position, changes: Sequence[Change]) -> bytes:
    """The payload of a window."""
    writer = Writer()
    writer.text(stream)
    writer.varint(base)
    writer.varint(head)
    write_position(writer, end)
    writer.list_of(changes, lambda output, change: _write_chunk(output, change, base))
    return writer.data


def _write_chunk(writer: Writer, change: Change, base: int) -> None:
    body = Writer()
    body.zigzag(change.place.record_id)
    body.zigzag(change.place.sequence - base)
    columns = [] if change.kind is Kind.TOMBSTONE else sorted(change.values.items())
    body.list_of(columns, lambda output, column: _write_column(output, *column))
    for number in (change.kind.value, change.place.collection, 1, len(body.data), 0):
        writer.varint(number)
    writer.blob(body.data)


def _write_column(writer: Writer, field: int, value: Value | None) -> None:
    writer.varint(field)
    writer.u8(values.INTEGER if value is None else value.code)
    writer.raw(b"\x01\x00\x00" if value is None else b"\x00\x00" + _plain(value))


def _plain(value: Value) -> bytes:
    match value.code, value.content:
        case (values.TEXT, str(text)):
            return written(lambda writer: writer.text(text))
        case (values.DECIMAL, Decimal(exponent, significand)):
            return written(lambda writer: (writer.zigzag(exponent), writer.zigzag(significand)))  # type: ignore[arg-type]
        case (values.TEXT_SET, tuple(elements)):
            blobs = [text_bytes(element) for element in elements]
            lengths = b"".join(written(lambda writer: writer.varint(len(blob))) for blob in blobs)
            return written(lambda writer: writer.varint(len(blobs))) + b"\x00" + lengths + b"".join(blobs)
        case (code, bytes(content)) if code == values.BYTES or code > values.REFERENCE:
            return written(lambda writer: writer.blob(content))
    return values.encode_value(value)
