"""Encoding of the primitives of section 4. What has no encoding raises a `WireError` as well."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TypeVar

from almanac import caps
from almanac.errors import NotUTF8, OutOfRange, TooLarge

Item = TypeVar("Item")


class Writer:
    """Collects bytes."""

    def __init__(self) -> None:
        self._data = bytearray()

    @property
    def data(self) -> bytes:
        """All that was written."""
        return bytes(self._data)

    def raw(self, data: bytes) -> None:
        """The bytes as they are."""
        self._data += data

    def fixed(self, data: bytes, count: int) -> None:
        """Exactly `count` bytes."""
        if len(data) != count:
            raise OutOfRange(f"{count} bytes are needed, not {len(data)}")
        self._data += data

    def u8(self, number: int) -> None:
        """One byte."""
        if not 0 <= number <= 255:
            raise OutOfRange(f"{number} is not a byte")
        self._data.append(number)

    def varint(self, number: int) -> None:
        """An unsigned number of at most 64 bits."""
        if not 0 <= number <= caps.U64_MAX:
            raise OutOfRange(f"{number} has not at most 64 bits")
        while number >= 0x80:
            self._data.append(number & 0x7F | 0x80)
            number >>= 7
        self._data.append(number)

    def number(self, number: int, least: int, greatest: int, what: str) -> None:
        """A varint from `least` to `greatest`."""
        if not least <= number <= greatest:
            raise OutOfRange(f"{what} {number} is not from {least} to {greatest}")
        self.varint(number)

    def zigzag(self, number: int) -> None:
        """A signed number of 64 bits."""
        if not caps.I64_MIN <= number <= caps.I64_MAX:
            raise OutOfRange(f"{number} is not a signed number of 64 bits")
        self.varint(number << 1 if number >= 0 else (-number << 1) - 1)

    def instant(self, milliseconds: int) -> None:
        """Milliseconds since 1970, up to the end of the year 9999."""
        self.number(milliseconds, 0, caps.INSTANT_MAX, "instant")

    def blob(self, data: bytes, cap: int | None = None, what: str = "bytes") -> None:
        """*bytes*: the length, then the bytes."""
        if cap is not None and len(data) > cap:
            raise TooLarge(f"{what} of {len(data)} bytes; the cap is {cap}")
        self.varint(len(data))
        self._data += data

    def text(self, text: str, cap: int | None = None, what: str = "text") -> None:
        """*text*: the length of the UTF-8 bytes, then these."""
        self.blob(text_bytes(text), cap, what)

    def list_of(self, items: Collection[Item], item: Callable[[Writer, Item], None], cap: int | None = None) -> None:
        """The count, then the items."""
        if cap is not None and len(items) > cap:
            raise TooLarge(f"list of {len(items)} elements; the cap is {cap}")
        self.varint(len(items))
        for element in items:
            item(self, element)

    def optional(self, element: Item | None, item: Callable[[Writer, Item], None]) -> None:
        """`00`, or `01` and the item."""
        self.u8(0 if element is None else 1)
        if element is not None:
            item(self, element)


def text_bytes(text: str) -> bytes:
    """The UTF-8 bytes of a text; a text with a lone surrogate has none."""
    try:
        return text.encode("utf-8", "strict")
    except UnicodeEncodeError:
        raise NotUTF8("a text with a lone surrogate has no UTF-8") from None


def written(item: Callable[[Writer], None]) -> bytes:
    """What `item` writes."""
    writer = Writer()
    item(writer)
    return writer.data
