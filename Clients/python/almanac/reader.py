"""Decoding of the primitives of section 4."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from almanac import caps
from almanac.errors import NonCanonicalVarint, NotAscending, NotUTF8, OutOfRange, TooLarge, TrailingBytes, Truncated, UnknownCode

Item = TypeVar("Item")


class Reader:
    """Reads bytes from the front. Never reads beyond their end and never allocates for a length that it has not seen."""

    def __init__(self, data: bytes) -> None:
        self._data = bytes(data)
        self._offset = 0

    @property
    def remaining(self) -> int:
        """How many bytes are unread."""
        return len(self._data) - self._offset

    def fixed(self, count: int) -> bytes:
        """Exactly `count` bytes."""
        if count > self.remaining:
            raise Truncated(f"{count} bytes are needed and {self.remaining} are left")
        start = self._offset
        self._offset += count
        return self._data[start : self._offset]

    def u8(self) -> int:
        """One byte."""
        if self._offset == len(self._data):
            raise Truncated("1 byte is needed and 0 are left")
        self._offset += 1
        return self._data[self._offset - 1]

    def varint(self) -> int:
        """An unsigned number of at most 64 bits, in as few bytes as it needs."""
        number = self.u8()
        if number < 0x80:
            return number
        number &= 0x7F
        for index in range(1, 10):
            byte = self.u8()
            if index == 9 and byte > 1:
                break
            number |= (byte & 0x7F) << (7 * index)
            if byte < 0x80:
                if byte == 0:
                    raise NonCanonicalVarint("a number ends with a byte 00 that it does not need")
                return number
        raise NonCanonicalVarint("a number has more than 64 bits")

    def number(self, least: int, greatest: int, what: str) -> int:
        """A varint from `least` to `greatest`."""
        number = self.varint()
        if not least <= number <= greatest:
            raise OutOfRange(f"{what} {number} is not from {least} to {greatest}")
        return number

    def zigzag(self) -> int:
        """A signed number of 64 bits."""
        number = self.varint()
        return (number >> 1) ^ -(number & 1)

    def code(self, known: range, what: str) -> int:
        """A byte that has to be one of the codes of version 1."""
        code = self.u8()
        if code not in known:
            raise UnknownCode(f"{what} {code} is not defined")
        return code

    def instant(self) -> int:
        """Milliseconds since 1970, up to the end of the year 9999."""
        return self.number(0, caps.INSTANT_MAX, "instant")

    def uuid(self) -> UUID:
        """A UUID in 16 bytes."""
        return UUID(bytes=self.fixed(16))

    def blob(self, cap: int | None = None, what: str = "bytes") -> bytes:
        """*bytes*: a length, then so many bytes, at most `cap`."""
        count = self.varint()
        if cap is not None and count > cap:
            raise TooLarge(f"{what} of {count} bytes; the cap is {cap}")
        return self.fixed(count)

    def text(self, cap: int | None = None, what: str = "text") -> str:
        """*text*: bytes that are UTF-8; `cap` is in bytes."""
        return utf8(self.blob(cap, what))

    def list_of(self, item: Callable[[Reader], Item], cap: int | None = None, what: str = "list") -> tuple[Item, ...]:
        """A count, at most `cap`, then so many items. Every item takes at least a byte, so a count that lies is cut short."""
        count = self.varint()
        if cap is not None and count > cap:
            raise TooLarge(f"{what} of {count} elements; the cap is {cap}")
        items: list[Item] = []
        while len(items) < count:
            items.append(item(self))
        return tuple(items)

    def optional(self, item: Callable[[Reader], Item]) -> Item | None:
        """`00`, or `01` and an item."""
        return item(self) if self.code(range(2), "optional") else None

    def finish(self) -> None:
        """Refuses bytes that remain."""
        if self.remaining:
            raise TrailingBytes(f"{self.remaining} bytes remain")


def utf8(data: bytes) -> str:
    """The text that the bytes are, or `NotUTF8`."""
    try:
        return data.decode("utf-8", "strict")
    except UnicodeDecodeError as error:
        raise NotUTF8(f"byte {error.start} of a text is not UTF-8") from None


def whole(data: bytes, item: Callable[[Reader], Item]) -> Item:
    """What all of the bytes are; refuses a rest."""
    reader = Reader(data)
    value = item(reader)
    reader.finish()
    return value


def require_ascending(keys: list[bytes] | list[int], what: str) -> None:
    """Refuses a list that does not ascend strictly."""
    for before, after in zip(keys, keys[1:]):
        if not before < after:  # type: ignore[operator]
            raise NotAscending(f"{what} do not ascend: {after!r} after {before!r}")
