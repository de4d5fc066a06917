"""Operations: what a user has changed (section 8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from almanac import caps
from almanac.edits import (
    FieldEdit,
    ProposedFields,
    read_edits,
    read_proposed_fields,
    write_edits,
    write_proposed_fields,
)
from almanac.errors import Inconsistent, NonCanonical, OutOfRange, TooLarge
from almanac.names import RecordName, read_record_name, write_record_name
from almanac.places import read_collection, write_collection
from almanac.reader import Reader, whole
from almanac.streams import check_stream_name, read_stream_name
from almanac.writer import Writer

_MAKE, _EDIT, _DELETE, _MOVE, _SEE = range(1, 6)


@dataclass(frozen=True, slots=True)
class Make:
    """A new record; `stream` where its maker says it. A field without a value is absent."""

    collection: int
    stream: str | None
    values: ProposedFields


@dataclass(frozen=True, slots=True)
class Edit:
    """Some fields of a record."""

    name: RecordName
    fields: Mapping[int, FieldEdit]


@dataclass(frozen=True, slots=True)
class Delete:
    """Removes a record of which its author saw these values; None is null."""

    name: RecordName
    seen: ProposedFields


@dataclass(frozen=True, slots=True)
class Move:
    """Puts a record into another stream."""

    name: RecordName
    from_stream: str
    to_stream: str


@dataclass(frozen=True, slots=True)
class See:
    """Changes nothing: the stream in which the author saw a record."""

    name: RecordName
    stream: str


Change = Make | Edit | Delete | Move | See


@dataclass(frozen=True, slots=True)
class Operation:
    """A change that a user has made; `time` is in milliseconds, by the device's clock."""

    id: UUID
    time: int
    message: str | None
    changes: tuple[Change, ...]


def decode_operation(data: bytes) -> Operation:
    """The operation that the bytes say, all of them."""
    _check_size(data)
    return whole(data, _read_operation)


def encode_operation(operation: Operation) -> bytes:
    """The bytes of an operation."""
    _check_changes(operation)
    writer = Writer()
    writer.raw(operation.id.bytes)
    writer.instant(operation.time)
    writer.optional(operation.message, lambda output, text: output.text(text, caps.COMMIT_MESSAGE, "message"))
    writer.list_of(operation.changes, _write_change, caps.OPERATION_CHANGES)
    _check_size(writer.data)
    return writer.data


def _check_size(data: bytes) -> None:
    if len(data) > caps.OPERATION:
        raise TooLarge(f"an operation of {len(data)} bytes; the cap is {caps.OPERATION}")


def _read_operation(reader: Reader) -> Operation:
    operation = Operation(
        id=reader.uuid(),
        time=reader.instant(),
        message=reader.optional(lambda item: item.text(caps.COMMIT_MESSAGE, "message")),
        changes=reader.list_of(_read_change, caps.OPERATION_CHANGES, "changes of an operation"),
    )
    _check_changes(operation)
    return operation


def _check_changes(operation: Operation) -> None:
    if not operation.changes:
        raise OutOfRange("an operation has a change at least")


def _read_change(reader: Reader) -> Change:
    kind = reader.code(range(_MAKE, _SEE + 1), "kind of a change")
    if kind == _MAKE:
        make = Make(read_collection(reader), reader.optional(read_stream_name), read_proposed_fields(reader))
        _check_make(make)
        return make
    name = read_record_name(reader)
    if kind == _EDIT:
        return Edit(name, read_edits(reader))
    if kind == _DELETE:
        return Delete(name, read_proposed_fields(reader))
    if kind == _SEE:
        return See(name, read_stream_name(reader))
    move = Move(name, read_stream_name(reader), read_stream_name(reader))
    _check_move(move)
    return move


def _write_change(writer: Writer, change: Change) -> None:
    match change:
        case Make():
            _check_make(change)
            writer.u8(_MAKE)
            write_collection(writer, change.collection)
            writer.optional(change.stream, _write_stream)
            write_proposed_fields(writer, change.values)
        case Edit():
            writer.u8(_EDIT)
            write_record_name(writer, change.name)
            write_edits(writer, change.fields)
        case Delete():
            writer.u8(_DELETE)
            write_record_name(writer, change.name)
            write_proposed_fields(writer, change.seen)
        case Move():
            _check_move(change)
            writer.u8(_MOVE)
            write_record_name(writer, change.name)
            _write_stream(writer, change.from_stream)
            _write_stream(writer, change.to_stream)
        case See():
            writer.u8(_SEE)
            write_record_name(writer, change.name)
            _write_stream(writer, change.stream)


def _write_stream(writer: Writer, stream: str) -> None:
    writer.text(check_stream_name(stream))


def _check_make(make: Make) -> None:
    if any(value is None for value in make.values.values()):
        raise NonCanonical("a field without a value is absent from a new record")


def _check_move(move: Move) -> None:
    if move.from_stream == move.to_stream:
        raise Inconsistent("a move has two streams")
