"""Windows (section 12): decoded only, because chunks need not be canonical."""

from __future__ import annotations

from dataclasses import dataclass

from almanac import caps
from almanac.chunks import Change, Kind, read_chunk
from almanac.columns import Budget
from almanac.errors import OutOfRange, Repeated, TooLarge
from almanac.places import Position, read_position, read_sequence
from almanac.reader import Reader, whole
from almanac.records import Record, encode_record
from almanac.streams import read_stream_name


@dataclass(frozen=True, slots=True)
class Window:
    """All changes of a stream that lie after the client's position and up to `end`, as the state of `head` has them."""

    stream: str
    base: int
    head: int
    end: Position
    changes: tuple[Change, ...]


def decode_window(data: bytes) -> Window:
    """The window that a payload is."""
    return whole(data, read_window)


def read_window(reader: Reader) -> Window:
    """The payload of a window."""
    stream, base, head = read_stream_name(reader), read_sequence(reader), read_sequence(reader)
    end = read_position(reader)
    if not base < end.sequence <= head:
        raise OutOfRange(f"the end of a window lies above its base {base} and not above its head {head}")
    window = Window(stream, base, head, end, _read_changes(reader, base))
    _check_changes(window)
    return window


def _read_changes(reader: Reader, base: int) -> tuple[Change, ...]:
    count = reader.varint()
    if count == 0:
        raise OutOfRange("a window has at least one chunk")
    if count > caps.WINDOW_CHUNKS:
        raise TooLarge(f"a window of {count} chunks; the cap is {caps.WINDOW_CHUNKS}")
    changes: list[Change] = []
    budget = Budget()
    for _ in range(count):
        changes += read_chunk(reader, base, budget)
        if len(changes) > caps.WINDOW_ROWS:
            raise TooLarge(f"a window has at most {caps.WINDOW_ROWS} rows")
    return tuple(changes)


def _check_changes(window: Window) -> None:
    seen: set[tuple[int, int]] = set()
    for change in window.changes:
        if not window.base < change.place.sequence or change.place > window.end:
            raise OutOfRange(f"a change at {change.place} does not lie between the base and the end")
        if change.place[1:] in seen:
            raise Repeated(f"record {change.place.record_id} of collection {change.place.collection} stands twice")
        seen.add(change.place[1:])
        _check_size(change)


def _check_size(change: Change) -> None:
    """Refuses a whole record, or the values of a patch, above the cap of a record."""
    values = {field: value for field, value in change.values.items() if value is not None}
    if change.kind is not Kind.TOMBSTONE:
        encode_record(Record(change.place.collection, change.place.record_id, change.place.sequence, values))
