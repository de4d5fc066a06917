"""Columns of a chunk's body (section 13): decoded only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from almanac import caps, values
from almanac.errors import NonCanonical, OutOfRange, TooLarge, Truncated, UnknownCode
from almanac.reader import Reader, utf8
from almanac.records import read_field_id
from almanac.values import Decimal, Value

Content = TypeVar("Content")

PLAIN, DIFFERENCE, DICTIONARY, SCALED = range(4)


@dataclass(frozen=True, slots=True)
class Column:
    """A field and, for each row, its value or None."""

    field: int
    rows: tuple[Value | None, ...]


class Budget:
    """What the values of a window may still weigh (section 16)."""

    def __init__(self) -> None:
        self._left = caps.WINDOW_VALUES

    def spend(self, values_count: int, size: int = 0) -> None:
        """So many values that take `size` bytes beside their fixed weight; refuses those that are too many."""
        self._left -= caps.VALUE_WEIGHT * values_count + size
        if self._left < 0:
            raise TooLarge(f"the values of a window weigh at most {caps.WINDOW_VALUES}")


def read_column(reader: Reader, rows: int, nulls: bool, budget: Budget) -> Column:
    """A column of so many rows; `nulls` says that rows without a value weigh too."""
    field, code = read_field_id(reader), reader.u8()
    if code == 0:
        raise UnknownCode("type 0 is not defined")
    presence = read_bitmap(reader, rows) if reader.code(range(2), "presence") else [True] * rows
    present = sum(presence)
    budget.spend(rows if nulls else present)
    contents = iter(_read_contents(reader, code, present, budget))
    return Column(field, tuple(Value(code, next(contents)) if one else None for one in presence))


def read_bitmap(reader: Reader, count: int) -> list[bool]:
    """So many bits, lowest first; unused ones are zero."""
    data = reader.fixed((count + 7) // 8)
    if count % 8 and data[-1] >> count % 8:
        raise NonCanonical("unused bits of a bitmap are zero")
    return [bool(data[index // 8] >> index % 8 & 1) for index in range(count)]


def _read_contents(reader: Reader, code: int, count: int, budget: Budget) -> list:
    """The contents of so many values, whose fixed weight is paid."""
    encoding = reader.u8()
    match code, encoding:
        case (values.TEXT | values.BYTES, 0 | 2):
            return _read_blobs(reader, encoding, count, budget, utf8 if code == values.TEXT else bytes)
        case (values.TEXT_SET, 0):
            return _read_sets(reader, count, budget)
        case (values.DECIMAL, 3):
            return _read_scaled(reader, count)
        case (values.INTEGER | values.DATE | values.INSTANT | values.REFERENCE, 1):
            return _read_differences(reader, code, count)
        case (_, 0) if code > values.REFERENCE:
            return _read_blobs(reader, encoding, count, budget, bytes, cap=caps.RECORD)
        case (_, 0):
            return _read_plain(reader, code, count)
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


def _read_plain(reader: Reader, code: int, count: int) -> list:
    if code == values.BOOLEAN:
        return read_bitmap(reader, count)
    if code == values.UUID_CODE:
        return [reader.uuid() for _ in range(count)]
    if code == values.DECIMAL:
        return [values.normal_decimal(reader.zigzag(), reader.zigzag()) for _ in range(count)]
    read = reader.varint if code == values.REFERENCE else reader.zigzag
    return [_RANGES[code](read()) for _ in range(count)]


def _read_scaled(reader: Reader, count: int) -> list[Decimal]:
    exponent = reader.zigzag()
    return [values.normal_decimal(exponent, reader.zigzag()) for _ in range(count)]


def _read_differences(reader: Reader, code: int, count: int) -> list[int]:
    numbers: list[int] = []
    before = 0
    for _ in range(count):
        before = _RANGES[code](before + reader.zigzag())
        numbers.append(before)
    return numbers


def _read_blobs(
    reader: Reader, encoding: int, count: int, budget: Budget, made: Callable[[bytes], Content], cap: int = caps.TEXT
) -> list[Content]:
    """What is made of texts, bytes or values of unknown types.

    Their own fixed weight is paid, that of the entries of a dictionary is not.
    """
    if encoding == PLAIN:
        return [made(blob) for blob in _read_plain_blobs(reader, count, budget, cap)]
    size = reader.varint()
    if size > reader.remaining:
        raise TooLarge(f"a dictionary of {size} entries in {reader.remaining} bytes")
    budget.spend(size)
    entries = _read_plain_blobs(reader, size, budget, cap)
    contents = [made(entry) for entry in entries]
    found: list[Content] = []
    for _ in range(count):
        index = reader.varint()
        if index >= size:
            raise OutOfRange(f"a dictionary of {size} has no entry {index}")
        budget.spend(0, len(entries[index]))
        found.append(contents[index])
    return found


def _read_plain_blobs(reader: Reader, count: int, budget: Budget, cap: int) -> list[bytes]:
    if count > reader.remaining:
        raise Truncated(f"{count} lengths do not fit into {reader.remaining} bytes")
    lengths = [reader.varint() for _ in range(count)]
    if any(length > cap for length in lengths):
        raise TooLarge(f"a value has at most {cap} bytes")
    budget.spend(0, sum(lengths))
    return [reader.fixed(length) for length in lengths]


def _read_sets(reader: Reader, count: int, budget: Budget) -> list[tuple[str, ...]]:
    counts = [reader.varint() for _ in range(count)]
    if any(size > caps.SET_ELEMENTS for size in counts):
        raise TooLarge(f"a set has at most {caps.SET_ELEMENTS} elements")
    encoding = reader.u8()
    if encoding not in (PLAIN, DICTIONARY):
        raise UnknownCode(f"encoding {encoding} is not defined for the elements of sets")
    budget.spend(sum(counts))
    elements = iter(_read_blobs(reader, encoding, sum(counts), budget, utf8))
    return [values.check_set(tuple(next(elements) for _ in range(size))) for size in counts]
