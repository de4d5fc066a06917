"""Places in a stream: the order of records and tombstones is (sequence, collection, record id) (section 12)."""

from __future__ import annotations

from typing import NamedTuple

from almanac import caps
from almanac.reader import Reader
from almanac.writer import Writer


class Position(NamedTuple):
    """A place in the order of a stream."""

    sequence: int
    collection: int
    record_id: int


def read_sequence(reader: Reader) -> int:
    """A sequence; 0 is the state before the first commit."""
    return reader.number(0, caps.SEQUENCE_MAX, "sequence")


def write_sequence(writer: Writer, sequence: int) -> None:
    """A sequence."""
    writer.number(sequence, 0, caps.SEQUENCE_MAX, "sequence")


def read_storable(reader: Reader, what: str) -> int:
    """An epoch, a count, or the number of a delegation."""
    return reader.number(0, caps.STORABLE_MAX, what)


def write_storable(writer: Writer, number: int, what: str) -> None:
    """An epoch, a count, or the number of a delegation."""
    writer.number(number, 0, caps.STORABLE_MAX, what)


def read_collection(reader: Reader) -> int:
    """The id of a collection."""
    return reader.number(1, caps.COLLECTION_MAX, "collection")


def write_collection(writer: Writer, collection: int) -> None:
    """The id of a collection."""
    writer.number(collection, 1, caps.COLLECTION_MAX, "collection")


def read_record_id(reader: Reader) -> int:
    """A record id."""
    return reader.number(1, caps.RECORD_ID_MAX, "record id")


def write_record_id(writer: Writer, record_id: int) -> None:
    """A record id."""
    writer.number(record_id, 1, caps.RECORD_ID_MAX, "record id")


def read_position(reader: Reader) -> Position:
    """Sequence, collection, record id."""
    return Position(read_sequence(reader), read_collection(reader), read_record_id(reader))


def write_position(writer: Writer, position: Position) -> None:
    """Sequence, collection, record id."""
    write_sequence(writer, position.sequence)
    write_collection(writer, position.collection)
    write_record_id(writer, position.record_id)
