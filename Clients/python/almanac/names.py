"""How operations name records, and the values that they propose or rest on (section 8)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from almanac import caps
from almanac.errors import TooLarge
from almanac.places import read_collection, read_record_id, write_collection, write_record_id
from almanac.reader import Reader
from almanac.values import Value, decode_value, encode_value
from almanac.writer import Writer

_KNOWN, _MADE = 1, 2


@dataclass(frozen=True, slots=True)
class KnownRecord:
    """A record that has an id."""

    collection: int
    record_id: int


@dataclass(frozen=True, slots=True)
class MadeBy:
    """The record that a change of an operation makes or has made; as a value, a reference to it."""

    operation: UUID
    index: int


@dataclass(frozen=True, slots=True)
class MadeRecord:
    """A record of a collection, by the change that makes it."""

    collection: int
    made_by: MadeBy


RecordName = KnownRecord | MadeRecord
ProposedValue = Value | MadeBy


def read_record_name(reader: Reader) -> RecordName:
    """By its id, or by the change that makes it."""
    kind, collection = reader.code(range(_KNOWN, _MADE + 1), "kind of a record's name"), read_collection(reader)
    return KnownRecord(collection, read_record_id(reader)) if kind == _KNOWN else MadeRecord(collection, _read_made_by(reader))


def write_record_name(writer: Writer, name: RecordName) -> None:
    """The kind, the collection, and what tells the record."""
    writer.u8(_KNOWN if isinstance(name, KnownRecord) else _MADE)
    write_collection(writer, name.collection)
    match name:
        case KnownRecord():
            write_record_id(writer, name.record_id)
        case MadeRecord():
            _write_made_by(writer, name.made_by)


def read_proposed_value(reader: Reader) -> ProposedValue:
    """A value, or a reference to a record that has no id yet."""
    if reader.code(range(_KNOWN, _MADE + 1), "kind of a value") == _MADE:
        return _read_made_by(reader)
    code = reader.u8()
    return decode_value(code, reader.blob(caps.RECORD, "value"))


def write_proposed_value(writer: Writer, value: ProposedValue) -> None:
    """The kind, then the value or the reference."""
    match value:
        case Value():
            writer.u8(_KNOWN)
            writer.u8(value.code)
            writer.blob(encode_value(value), caps.RECORD, "value")
        case MadeBy():
            writer.u8(_MADE)
            _write_made_by(writer, value)


def _read_made_by(reader: Reader) -> MadeBy:
    return _checked(MadeBy(reader.uuid(), reader.varint()))


def _write_made_by(writer: Writer, made: MadeBy) -> None:
    writer.raw(made.operation.bytes)
    writer.varint(_checked(made).index)


def _checked(made: MadeBy) -> MadeBy:
    if made.index >= caps.OPERATION_CHANGES:
        raise TooLarge(f"change {made.index}: an operation has at most {caps.OPERATION_CHANGES}, the first is 0")
    return made
