"""Values of fields and their canonical bytes (section 5)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from almanac import caps
from almanac.errors import NonCanonical, OutOfRange, TooLarge, UnknownCode
from almanac.reader import Reader, require_ascending, utf8, whole
from almanac.writer import Writer, text_bytes

BOOLEAN, INTEGER, DECIMAL, TEXT, DATE, INSTANT, UUID_CODE, BYTES, TEXT_SET, REFERENCE = range(1, 11)


@dataclass(frozen=True, slots=True)
class Decimal:
    """significand · 10^exponent, in its one canonical form."""

    exponent: int
    significand: int


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a field: a type code, and content of the Python type that stands for it.

    1 bool, 2 int, 3 Decimal, 4 str, 5 int (days), 6 int (milliseconds), 7 UUID, 8 bytes, 9 tuple of str, 10 int;
    11 to 255: the canonical bytes, of a type that version 1 does not know.
    """

    code: int
    content: bool | int | Decimal | str | UUID | bytes | tuple[str, ...]


def normal_decimal(exponent: int, significand: int) -> Decimal:
    """The canonical decimal of that number; refuses a number that has none."""
    if significand == 0:
        return Decimal(0, 0)
    while significand % 10 == 0:
        significand //= 10
        exponent += 1
    return _ranged_decimal(exponent, significand)


def _ranged_decimal(exponent: int, significand: int) -> Decimal:
    if abs(significand) >= caps.SIGNIFICAND_LIMIT:
        raise OutOfRange("a decimal has at most 15 significant digits")
    if abs(exponent) > caps.EXPONENT_MAX:
        raise OutOfRange(f"the exponent of a decimal is from -22 to 22, not {exponent}")
    return Decimal(exponent, significand)


def check_decimal(exponent: int, significand: int) -> Decimal:
    """The decimal of these numbers; refuses what is not canonical."""
    decimal = _ranged_decimal(exponent, significand)
    if significand == 0 and exponent != 0:
        raise NonCanonical("the exponent of zero is zero")
    if significand != 0 and significand % 10 == 0:
        raise NonCanonical("the significand of a decimal is not a multiple of ten")
    return decimal


def check_days(days: int) -> int:
    """The days themselves; refuses a date before 0001-01-01 or after 9999-12-31."""
    if not caps.DAYS_MIN <= days <= caps.DAYS_MAX:
        raise OutOfRange(f"day {days} is not in the years 1 to 9999")
    return days


def check_instant(milliseconds: int) -> int:
    """The milliseconds themselves; refuses an instant outside of the years 1 to 9999."""
    if not caps.INSTANT_MIN <= milliseconds <= caps.INSTANT_MAX:
        raise OutOfRange(f"instant {milliseconds} is not in the years 1 to 9999")
    return milliseconds


def check_reference(record_id: int) -> int:
    """The record id itself; refuses one outside of 1 to 2^63-1."""
    if not 1 <= record_id <= caps.RECORD_ID_MAX:
        raise OutOfRange(f"reference {record_id} is not a record id")
    return record_id


def check_size(data: bytes) -> bytes:
    """The bytes themselves; refuses more than a text or bytes value may have."""
    if len(data) > caps.TEXT:
        raise TooLarge(f"a value of {len(data)} bytes; the cap is {caps.TEXT}")
    return data


def check_set(elements: tuple[str, ...]) -> tuple[str, ...]:
    """The elements themselves; refuses too many and what does not ascend by bytes."""
    if len(elements) > caps.SET_ELEMENTS:
        raise TooLarge(f"a set of {len(elements)}; the cap is {caps.SET_ELEMENTS}")
    require_ascending([check_size(text_bytes(element)) for element in elements], "elements of a set")
    return elements


def _read_boolean(reader: Reader) -> bool:
    byte = reader.u8()
    if byte > 1:
        raise OutOfRange(f"{byte} is not a boolean")
    return byte == 1


def _read_decimal(reader: Reader) -> Decimal:
    return check_decimal(reader.zigzag(), reader.zigzag())


def _read_set(reader: Reader) -> tuple[str, ...]:
    return check_set(reader.list_of(lambda item: item.text(caps.TEXT), caps.SET_ELEMENTS, "set"))


_READERS = {
    BOOLEAN: _read_boolean,
    INTEGER: Reader.zigzag,
    DECIMAL: _read_decimal,
    DATE: lambda reader: check_days(reader.zigzag()),
    INSTANT: lambda reader: check_instant(reader.zigzag()),
    UUID_CODE: Reader.uuid,
    TEXT_SET: _read_set,
    REFERENCE: lambda reader: check_reference(reader.varint()),
}


def decode_value(code: int, data: bytes) -> Value:
    """The value of the type `code` whose canonical bytes are `data`, all of them."""
    if not 1 <= code <= 255:
        raise UnknownCode(f"type {code} is not defined")
    if code in _READERS:
        return Value(code, whole(data, _READERS[code]))
    if code == TEXT:
        return Value(code, utf8(check_size(data)))
    return Value(code, check_size(data) if code == BYTES else bytes(data))


def encode_value(value: Value) -> bytes:
    """The canonical bytes of the value."""
    writer = Writer()
    _write_content(writer, value.code, value.content)
    return writer.data


def _write_content(writer: Writer, code: int, content: object) -> None:
    match code, content:
        case (1, bool()):
            writer.u8(int(content))
        case (2, int()):
            writer.zigzag(content)
        case (3, Decimal(exponent, significand)):
            check_decimal(exponent, significand)
            writer.zigzag(exponent)
            writer.zigzag(significand)
        case (4, str()):
            writer.raw(check_size(text_bytes(content)))
        case (5, int()):
            writer.zigzag(check_days(content))
        case (6, int()):
            writer.zigzag(check_instant(content))
        case (7, UUID()):
            writer.raw(content.bytes)
        case (9, tuple()):
            writer.list_of(check_set(content), lambda output, element: output.text(element))
        case (10, int()):
            writer.varint(check_reference(content))
        case (_, bytes()) if code == BYTES or 11 <= code <= 255:
            writer.raw(check_size(content) if code == BYTES else content)
        case _:
            raise UnknownCode(f"type {code} has no value {content!r}")
