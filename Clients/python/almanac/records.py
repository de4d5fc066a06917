"""Records and their canonical bytes (section 5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from almanac import caps
from almanac.errors import TooLarge
from almanac.places import read_collection, read_record_id, read_sequence, write_collection, write_record_id, write_sequence
from almanac.reader import Reader, require_ascending, whole
from almanac.values import Value, decode_value, encode_value
from almanac.writer import Writer


@dataclass(frozen=True, slots=True)
class Record:
    """A record: its name, its sequence and, by field id, the values that are not null."""

    collection: int
    record_id: int
    sequence: int
    values: Mapping[int, Value]


def decode_record(data: bytes) -> Record:
    """The record whose canonical bytes these are."""
    if len(data) > caps.RECORD:
        raise TooLarge(f"a record of {len(data)} bytes; the cap is {caps.RECORD}")
    return whole(data, _read_record)


def _read_record(reader: Reader) -> Record:
    collection = read_collection(reader)
    record_id = read_record_id(reader)
    sequence = read_sequence(reader)
    return Record(collection, record_id, sequence, read_values(reader))


def read_values(reader: Reader) -> dict[int, Value]:
    """The values of a record by their fields."""
    values = reader.list_of(_read_field, caps.FIELD_MAX, "values of a record")
    require_ascending([field for field, _ in values], "field ids")
    return dict(values)


def _read_field(reader: Reader) -> tuple[int, Value]:
    field = read_field_id(reader)
    code = reader.u8()
    return field, decode_value(code, reader.blob())


def read_field_id(reader: Reader) -> int:
    """The id of a field."""
    return reader.number(1, caps.FIELD_MAX, "field")


def write_field_id(writer: Writer, field: int) -> None:
    """The id of a field."""
    writer.number(field, 1, caps.FIELD_MAX, "field")


def encode_record(record: Record) -> bytes:
    """The canonical bytes of the record."""
    writer = Writer()
    write_collection(writer, record.collection)
    write_record_id(writer, record.record_id)
    write_sequence(writer, record.sequence)
    write_values(writer, record.values)
    if len(writer.data) > caps.RECORD:
        raise TooLarge(f"a record of {len(writer.data)} bytes; the cap is {caps.RECORD}")
    return writer.data


def write_values(writer: Writer, values: Mapping[int, Value]) -> None:
    """The values of a record by their fields, in ascending order."""
    writer.list_of(sorted(values.items()), _write_field, caps.FIELD_MAX)


def _write_field(writer: Writer, field: tuple[int, Value]) -> None:
    number, value = field
    write_field_id(writer, number)
    writer.u8(value.code)
    writer.blob(encode_value(value))
