"""The ChaCha20 keystream of RFC 8439, section 2.3."""

from __future__ import annotations

import struct

_CONSTANTS = (0x61707865, 0x3320646E, 0x79622D32, 0x6B206574)
_MASK = 0xFFFFFFFF
_COLUMNS = ((0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15))
_DIAGONALS = ((0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14))


def _rotate(word: int, bits: int) -> int:
    return (word << bits | word >> (32 - bits)) & _MASK


def quarter_round(state: list[int], a: int, b: int, c: int, d: int) -> None:
    """One quarter round on four of the words, in place."""
    state[a] = (state[a] + state[b]) & _MASK
    state[d] = _rotate(state[d] ^ state[a], 16)
    state[c] = (state[c] + state[d]) & _MASK
    state[b] = _rotate(state[b] ^ state[c], 12)
    state[a] = (state[a] + state[b]) & _MASK
    state[d] = _rotate(state[d] ^ state[a], 8)
    state[c] = (state[c] + state[d]) & _MASK
    state[b] = _rotate(state[b] ^ state[c], 7)


def block(key: bytes, counter: int, nonce: bytes) -> bytes:
    """64 bytes of the keystream: the key has 32 bytes, the nonce 12, the counter 32 bits."""
    start = [*_CONSTANTS, *struct.unpack("<8I", key), counter & _MASK, *struct.unpack("<3I", nonce)]
    state = list(start)
    for _ in range(10):
        for words in _COLUMNS + _DIAGONALS:
            quarter_round(state, *words)
    return struct.pack("<16I", *((word + first) & _MASK for word, first in zip(state, start)))


def keystream(key: bytes, nonce: bytes, counter: int, blocks: int) -> bytes:
    """So many blocks, the counter going up from `counter`."""
    return b"".join(block(key, counter + index, nonce) for index in range(blocks))
