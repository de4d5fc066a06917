"""Values as SQLite keeps them in a field's column: exact in both directions, readable by people and by SQL."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from almanac import values
from almanac.errors import OutOfRange
from almanac.values import Decimal, Value

_START = datetime.datetime(1970, 1, 1)
_FIRST_DAY = datetime.date(1970, 1, 1).toordinal()


def decimal_real(decimal: Decimal) -> float:
    """The double next to a decimal; `real_decimal` gives the decimal back, because it has at most 15 digits."""
    return float(f"{decimal.significand}e{decimal.exponent}")


def real_decimal(number: float) -> Decimal:
    """The decimal that a double stands for."""
    digits, _, exponent = f"{number:.14e}".partition("e")
    return values.normal_decimal(int(exponent) - 14, int(digits.replace(".", "")))


def date_text(days: int) -> str:
    """ISO 8601."""
    return datetime.date.fromordinal(_FIRST_DAY + days).isoformat()


def text_date(text: str) -> int:
    """Days since 1970 of an ISO 8601 date."""
    return datetime.date.fromisoformat(text).toordinal() - _FIRST_DAY


def instant_text(milliseconds: int) -> str:
    """ISO 8601 in UTC, with milliseconds where there are any."""
    moment = _START + datetime.timedelta(milliseconds=milliseconds)
    return moment.isoformat(timespec="milliseconds" if milliseconds % 1_000 else "seconds") + "Z"


def text_instant(text: str) -> int:
    """Milliseconds since 1970 of what `instant_text` wrote."""
    return (datetime.datetime.fromisoformat(text.removesuffix("Z")) - _START) // datetime.timedelta(milliseconds=1)


def set_text(elements: tuple[str, ...]) -> str:
    """A JSON array."""
    return json.dumps(elements, ensure_ascii=False, separators=(",", ":"))


def text_set(text: str) -> tuple[str, ...]:
    """The elements of a JSON array of texts."""
    elements = json.loads(text)
    if not isinstance(elements, list) or not all(isinstance(element, str) for element in elements):
        raise OutOfRange("a set is a JSON array of texts")
    return tuple(elements)


@dataclass(frozen=True, slots=True)
class Storage:
    """How the values of a type stand in a column: the column's declared type, and both directions."""

    declared: str
    stored: type
    put: Callable[[Any], Any]
    take: Callable[[Any], Any]


def _same(content: Any) -> Any:
    return content


_STORAGES: dict[int, Storage] = {
    values.BOOLEAN: Storage("INTEGER", int, int, bool),
    values.INTEGER: Storage("INTEGER", int, _same, _same),
    values.DECIMAL: Storage("REAL", float, decimal_real, real_decimal),
    values.TEXT: Storage("TEXT", str, _same, _same),
    values.DATE: Storage("TEXT", str, date_text, text_date),
    values.INSTANT: Storage("TEXT", str, instant_text, text_instant),
    values.UUID_CODE: Storage("TEXT", str, str, UUID),
    values.BYTES: Storage("BLOB", bytes, _same, _same),
    values.TEXT_SET: Storage("TEXT", str, set_text, text_set),
    values.REFERENCE: Storage("INTEGER", int, _same, _same),
}


def has_column(code: int) -> bool:
    """Whether values of the type stand in a column of their own; others are kept as canonical bytes."""
    return code in _STORAGES


def declared_type(code: int) -> str:
    """The SQL type of a column for values of the type."""
    return _STORAGES[code].declared


def put(value: Value) -> Any:
    """What stands in the column."""
    return _STORAGES[value.code].put(value.content)


def take(code: int, stored: Any) -> Value:
    """The value that stands in a column; `OutOfRange` if nobody wrote it there by `put`."""
    storage = _STORAGES[code]
    try:
        content = storage.take(stored) if type(stored) is storage.stored else None
        # People read the column, not the value: another spelling, or a double nearby, is as wrong as another value.
        if content is not None and storage.put(content) == stored:
            return Value(code, content)
    except (ValueError, OverflowError):
        pass
    raise OutOfRange(f"{stored!r} is no value of type {code}")
