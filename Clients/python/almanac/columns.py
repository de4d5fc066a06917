"""Columns of a chunk's body (section 13): decoded only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from almanac import caps, values
from almanac.errors import NonCanonical, OutOfRange, TooLarge, Truncated, UnknownCode
from almanac.reader import Reader, utf8
from almanac.records import read_field_id
from almanac.values import Decimal, Value

PLAIN, DIFFERENCE, DICTIONARY, SCALED = range(4)


@dataclass(frozen=True, slots=True)
class Column:
    """A field and, for each row, its value or None."""

    field: int
    rows: tuple[Value | None, ...]


class Budget:
    """What the values of a chunk may still take together, in bytes, dictionaries expanded."""

    def __init__(self) -> None:
        self._left = caps.CHUNK_VALUES

    def spend(self, size: int) -> None:
        """Refuses the value that is one too many."""
        self._left -= size
        if self._left < 0:
            raise TooLarge(f"the values of a chunk take at most {caps.CHUNK_VALUES} bytes")


def read_column(reader: Reader, rows: int, budget: Budget) -> Column:
    """A column of so many rows."""
    field, code = read_field_id(reader), reader.u8()
    if code == 0:
        raise UnknownCode("type 0 is not defined")
    presence = read_bitmap(reader, rows) if reader.code(range(2), "presence") else [True] * rows
    contents = iter(_read_contents(reader, code, sum(presence), budget))
    return Column(field, tuple(Value(code, next(contents)) if present else None for present in presence))


def read_bitmap(reader: Reader, count: int) -> list[bool]:
    """So many bits, lowest first; unused ones are zero."""
    data = reader.fixed((count + 7) // 8)
    if count % 8 and data[-1] >> count % 8:
        raise NonCanonical("unused bits of a bitmap are zero")
    return [bool(data[index // 8] >> index % 8 & 1) for index in range(count)]


def _read_contents(reader: Reader, code: int, count: int, budget: Budget) -> list:
    encoding = reader.u8()
    match code, encoding:
        case (values.TEXT | values.BYTES, 0 | 2):
            blobs = _read_blobs(reader, encoding, count, budget)
            return [utf8(blob) for blob in blobs] if code == values.TEXT else blobs
        case (values.TEXT_SET, 0):
            return _read_sets(reader, count, budget)
        case (values.DECIMAL, 3):
            return _read_scaled(reader, count, budget)
        case (values.INTEGER | values.DATE | values.INSTANT | values.REFERENCE, 1):
            return _read_differences(reader, code, count, budget)
        case (_, 0) if code > values.REFERENCE:
            return _read_blobs(reader, encoding, count, budget, cap=None)
        case (_, 0):
            return _read_plain(reader, code, count, budget)
    raise UnknownCode(f"encoding {encoding} is not defined for type {code}")


_RANGES: dict[int, Callable[[int], int]] = {
    values.INTEGER: lambda number: _in_64_bits(number),
    values.DATE: values.check_days,
    values.INSTANT: values.check_instant,
    values.REFERENCE: values.check_reference,
}


def _in_64_bits(number: int) -> int:
    if not caps.I64_MIN <= number <= caps.I64_MAX:
        raise OutOfRange("an integer has 64 bits")
    return number


def _read_plain(reader: Reader, code: int, count: int, budget: Budget) -> list:
    if code == values.BOOLEAN:
        budget.spend(count)
        return read_bitmap(reader, count)
    if code == values.UUID_CODE:
        return [UUID(bytes=_spent(reader.fixed(16), budget)) for _ in range(count)]
    if code == values.DECIMAL:
        return [_decimal(reader.zigzag(), reader.zigzag(), budget) for _ in range(count)]
    return [_number(code, reader.varint() if code == values.REFERENCE else reader.zigzag(), budget) for _ in range(count)]


def _spent(data: bytes, budget: Budget) -> bytes:
    budget.spend(len(data))
    return data


def _number(code: int, number: int, budget: Budget) -> int:
    budget.spend(len(values.encode_value(Value(code, _RANGES[code](number)))))
    return number


def _decimal(exponent: int, significand: int, budget: Budget) -> Decimal:
    decimal = values.normal_decimal(exponent, significand)
    budget.spend(len(values.encode_value(Value(values.DECIMAL, decimal))))
    return decimal


def _read_scaled(reader: Reader, count: int, budget: Budget) -> list[Decimal]:
    exponent = reader.zigzag()
    return [_decimal(exponent, reader.zigzag(), budget) for _ in range(count)]


def _read_differences(reader: Reader, code: int, count: int, budget: Budget) -> list[int]:
    numbers: list[int] = []
    before = 0
    for _ in range(count):
        before = _number(code, before + reader.zigzag(), budget)
        numbers.append(before)
    return numbers


def _read_blobs(reader: Reader, encoding: int, count: int, budget: Budget, cap: int | None = caps.TEXT) -> list[bytes]:
    """Texts, bytes or values of unknown types."""
    if encoding == PLAIN:
        return [_spent(blob, budget) for blob in _read_plain_blobs(reader, count, cap)]
    size = reader.varint()
    if size > reader.remaining:
        raise TooLarge(f"a dictionary of {size} entries in {reader.remaining} bytes")
    entries = _read_plain_blobs(reader, size, cap)
    return [_spent(_entry(entries, reader.varint()), budget) for _ in range(count)]


def _entry(entries: list[bytes], index: int) -> bytes:
    if index >= len(entries):
        raise OutOfRange(f"a dictionary of {len(entries)} has no entry {index}")
    return entries[index]


def _read_plain_blobs(reader: Reader, count: int, cap: int | None) -> list[bytes]:
    if count > reader.remaining:
        raise Truncated(f"{count} lengths do not fit into {reader.remaining} bytes")
    lengths = [reader.varint() for _ in range(count)]
    if cap is not None and any(length > cap for length in lengths):
        raise TooLarge(f"a value has at most {cap} bytes")
    return [reader.fixed(length) for length in lengths]


def _read_sets(reader: Reader, count: int, budget: Budget) -> list[tuple[str, ...]]:
    counts = [reader.varint() for _ in range(count)]
    if any(size > caps.SET_ELEMENTS for size in counts):
        raise TooLarge(f"a set has at most {caps.SET_ELEMENTS} elements")
    encoding = reader.u8()
    if encoding not in (PLAIN, DICTIONARY):
        raise UnknownCode(f"encoding {encoding} is not defined for the elements of sets")
    elements = iter(utf8(blob) for blob in _read_blobs(reader, encoding, sum(counts), budget))
    return [_set(tuple(next(elements) for _ in range(size)), budget) for size in counts]


def _set(elements: tuple[str, ...], budget: Budget) -> tuple[str, ...]:
    budget.spend(1 + len(elements))
    return values.check_set(elements)
