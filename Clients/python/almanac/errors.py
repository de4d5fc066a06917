"""What can be wrong with bytes. Every decoder raises a subclass of `WireError`, and nothing else, for any bytes."""

from __future__ import annotations

from typing import ClassVar


class WireError(Exception):
    """Bytes, or values to be encoded, that SPEC.md does not allow. `reason` says what is wrong, for people."""

    kind: ClassVar[str] = "wire"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Truncated(WireError):
    """The bytes end before what they begin."""

    kind = "truncated"


class TrailingBytes(WireError):
    """Bytes remain behind what was decoded."""

    kind = "trailing_bytes"


class NonCanonicalVarint(WireError):
    """A number in more bytes than it needs, or of more than 64 bits."""

    kind = "non_canonical_varint"


class NonCanonical(WireError):
    """An encoding of a value that has another, canonical one."""

    kind = "non_canonical"


class OutOfRange(WireError):
    """A value outside of the range of its type."""

    kind = "out_of_range"


class TooLarge(WireError):
    """A length or a count above its cap."""

    kind = "too_large"


class NotUTF8(WireError):
    """A text whose bytes are not UTF-8."""

    kind = "not_utf8"


class NotAscending(WireError):
    """A list that has to ascend strictly and does not."""

    kind = "not_ascending"


class UnknownCode(WireError):
    """A code that version 1 does not define where it may not be skipped."""

    kind = "unknown_code"


class Inconsistent(WireError):
    """Fields that contradict each other."""

    kind = "inconsistent"


class Repeated(WireError):
    """A record that stands twice in a window."""

    kind = "repeated"


class InflateFailed(WireError):
    """Deflated data that is none, or that does not give what was announced."""

    kind = "inflate"


class BadFlags(WireError):
    """Flags of a frame that its message does not have."""

    kind = "bad_flags"


class BadExchange(WireError):
    """A message on an exchange where it has no place."""

    kind = "bad_exchange"


class WrongDirection(WireError):
    """A message from the side that does not send it."""

    kind = "wrong_direction"


class BadSignature(WireError):
    """A signature that does not verify under the key."""

    kind = "bad_signature"
