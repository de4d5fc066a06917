"""The digest of a stream: an LtHash over the set of its records (section 7)."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Sequence

from almanac.chacha20 import SLOT, keystream, repeated, scrambled, starting
from almanac.errors import OutOfRange

LANES = 1_024
SIZE = 2 * LANES
CONTEXT = b"almanac/1 record\x00"

_BLOCKS = SIZE // 64
_BATCH = 64
"""How many records are expanded together: enough for the interpreter not to matter, little enough for the processor's cache."""


def record_key(canonical: bytes) -> bytes:
    """The ChaCha20 key of a record: SHA-256 of the context and its canonical bytes."""
    return hashlib.sha256(CONTEXT + canonical).digest()


def expansion(canonical: bytes) -> bytes:
    """The 2,048 bytes that a record adds to its stream's digest."""
    return keystream(record_key(canonical), bytes(12), 0, _BLOCKS)


def _sum_of_slots(word: int, keys: int) -> int:
    """The 32 slots of all keys added up. The halves of a word stand apart, so that they have room for 2^16 keys."""
    slots = keys * _BLOCKS
    apart = word & repeated(0xFFFF, slots) | (word & repeated(0xFFFF0000, slots)) << 16
    data = apart.to_bytes(slots * SLOT, "little")
    size = _BLOCKS * SLOT
    return sum(int.from_bytes(data[place : place + size], "little") for place in range(0, len(data), size))


def lanes_of(keys: Sequence[bytes]) -> list[int]:
    """What the records of at most 2^16 keys add to the 1,024 lanes together, not yet reduced."""
    lanes = [0] * LANES
    for word, content in enumerate(scrambled(starting(keys, bytes(12), 0, _BLOCKS))):
        sums = struct.unpack(f"<{2 * _BLOCKS}I", _sum_of_slots(content, len(keys)).to_bytes(_BLOCKS * SLOT, "little"))
        lanes[2 * word :: 32] = sums[0::2]
        lanes[2 * word + 1 :: 32] = sums[1::2]
    return lanes


class Digest:
    """The digest of a set of records, by their canonical bytes. The order of adding and removing does not matter.

    Records wait until there are enough of them to be expanded together.
    """

    def __init__(self, data: bytes = bytes(SIZE)) -> None:
        if len(data) != SIZE:
            raise OutOfRange(f"a digest has {SIZE} bytes, not {len(data)}")
        self._lanes = list(struct.unpack(f"<{LANES}H", data))
        self._waiting: dict[int, list[bytes]] = {1: [], -1: []}

    @property
    def data(self) -> bytes:
        """The lanes in order, little-endian: 2,048 bytes."""
        for sign in self._waiting:
            self._expand(sign)
        return struct.pack(f"<{LANES}H", *self._lanes)

    @property
    def hash(self) -> bytes:
        """SHA-256 of the 2,048 bytes, as it stands in a leaf."""
        return hashlib.sha256(self.data).digest()

    def add(self, canonical: bytes) -> None:
        """A record enters the stream."""
        self._take(canonical, 1)

    def remove(self, canonical: bytes) -> None:
        """A record leaves the stream."""
        self._take(canonical, -1)

    def _take(self, canonical: bytes, sign: int) -> None:
        self._waiting[sign].append(record_key(canonical))
        if len(self._waiting[sign]) == _BATCH:
            self._expand(sign)

    def _expand(self, sign: int) -> None:
        keys, self._waiting[sign] = self._waiting[sign], []
        if keys:
            self._lanes = [lane + sign * other & 0xFFFF for lane, other in zip(self._lanes, lanes_of(keys))]
