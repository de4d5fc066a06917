"""The ChaCha20 keystream of RFC 8439, section 2.3, for many keys at once.

A word of the state is one big integer that holds this word of every block, each in a slot of 64 bits. An addition, an XOR or a
shift of such an integer is the operation on all blocks in one step of the interpreter. The upper half of a slot takes the carries
and the bits that a rotation pushes out.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

SLOT = 8
"""Bytes of a slot."""

WORDS = 16
_CONSTANTS = (0x61707865, 0x3320646E, 0x79622D32, 0x6B206574)
_COLUMNS = ((0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15))
_DIAGONALS = ((0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14))
_ROUND = _COLUMNS + _DIAGONALS


@lru_cache(maxsize=32)
def repeated(word: int, slots: int) -> int:
    """The word in each of so many slots."""
    return int.from_bytes(word.to_bytes(SLOT, "little") * slots, "little")


def quarter_round(state: list[int], a: int, b: int, c: int, d: int, low: int) -> None:
    """One quarter round on four of the words, in place; `low` has the lower 32 bits of every slot set.

    a and c are only ever added to: their carries pile up in the upper half and are cut off where d and b take them in.
    """
    x, y, z, w = state[a], state[b], state[c], state[d]
    x += y
    w = (w ^ x) & low
    w = (w << 16 | w >> 16) & low
    z += w
    y = (y ^ z) & low
    y = (y << 12 | y >> 20) & low
    x += y
    w = (w ^ x) & low
    w = (w << 8 | w >> 24) & low
    z += w
    y = (y ^ z) & low
    y = (y << 7 | y >> 25) & low
    state[a], state[b], state[c], state[d] = x, y, z, w


@dataclass(frozen=True, slots=True)
class Start:
    """The first state of some blocks: sixteen integers, each with a slot for every block."""

    words: tuple[int, ...]
    slots: int


def starting(keys: Sequence[bytes], nonce: bytes, counter: int, blocks: int) -> Start:
    """So many blocks of each key, those of a key next to each other, their counter going up from `counter`."""
    slots = len(keys) * blocks
    counters = b"".join((counter + index & 0xFFFFFFFF).to_bytes(SLOT, "little") for index in range(blocks))
    words = [repeated(word, slots) for word in _CONSTANTS]
    for place in range(0, 32, 4):
        slot_bytes = b"".join((key[place : place + 4] + b"\x00\x00\x00\x00") * blocks for key in keys)
        words.append(int.from_bytes(slot_bytes, "little"))
    words.append(int.from_bytes(counters * len(keys), "little"))
    words += [repeated(word, slots) for word in struct.unpack("<3I", nonce)]
    return Start(tuple(words), slots)


def scrambled(start: Start) -> list[int]:
    """The sixteen words of the keystream's blocks, each with a slot for every block."""
    low = repeated(0xFFFFFFFF, start.slots)
    state = list(start.words)
    for _ in range(10):
        for a, b, c, d in _ROUND:
            quarter_round(state, a, b, c, d, low)
    return [word + first & low for word, first in zip(state, start.words)]


def keystream(key: bytes, nonce: bytes, counter: int, blocks: int) -> bytes:
    """So many blocks of 64 bytes, the counter of 32 bits going up from `counter`. The key has 32 bytes, the nonce 12."""
    columns = [word.to_bytes(SLOT * blocks, "little") for word in scrambled(starting([key], nonce, counter, blocks))]
    places = range(0, SLOT * blocks, SLOT)
    return b"".join(column[place : place + 4] for place in places for column in columns)
