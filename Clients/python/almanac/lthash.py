"""The digest of a stream: an LtHash over the set of its records (section 7)."""

from __future__ import annotations

import hashlib
import struct

from almanac.chacha20 import keystream
from almanac.errors import OutOfRange

LANES = 1_024
SIZE = 2 * LANES
CONTEXT = b"almanac/1 record\x00"


def record_key(canonical: bytes) -> bytes:
    """The ChaCha20 key of a record: SHA-256 of the context and its canonical bytes."""
    return hashlib.sha256(CONTEXT + canonical).digest()


def expansion(canonical: bytes) -> bytes:
    """The 2,048 bytes that a record adds to its stream's digest."""
    return keystream(record_key(canonical), bytes(12), 0, SIZE // 64)


class Digest:
    """The digest of a set of records, by their canonical bytes. The order of adding and removing does not matter."""

    def __init__(self, data: bytes = bytes(SIZE)) -> None:
        if len(data) != SIZE:
            raise OutOfRange(f"a digest has {SIZE} bytes, not {len(data)}")
        self._lanes = list(struct.unpack(f"<{LANES}H", data))

    @property
    def data(self) -> bytes:
        """The lanes in order, little-endian: 2,048 bytes."""
        return struct.pack(f"<{LANES}H", *self._lanes)

    @property
    def hash(self) -> bytes:
        """SHA-256 of the 2,048 bytes, as it stands in a leaf."""
        return hashlib.sha256(self.data).digest()

    def add(self, canonical: bytes) -> None:
        """A record enters the stream."""
        self._combine(canonical, 1)

    def remove(self, canonical: bytes) -> None:
        """A record leaves the stream."""
        self._combine(canonical, -1)

    def _combine(self, canonical: bytes, sign: int) -> None:
        lanes = struct.unpack(f"<{LANES}H", expansion(canonical))
        self._lanes = [(lane + sign * other) & 0xFFFF for lane, other in zip(self._lanes, lanes)]
