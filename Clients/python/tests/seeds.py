"""A small seeded generator, the same on every machine and version of Python (splitmix64)."""

from __future__ import annotations

_MASK = (1 << 64) - 1


class Seeded:
    """Numbers that its seed determines."""

    def __init__(self, seed: int) -> None:
        self._state = seed & _MASK

    def number(self) -> int:
        """64 bits."""
        self._state = (self._state + 0x9E3779B97F4A7C15) & _MASK
        mixed = (self._state ^ self._state >> 30) * 0xBF58476D1CE4E5B9 & _MASK
        mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB & _MASK
        return mixed ^ mixed >> 31

    def below(self, limit: int) -> int:
        """From 0 to `limit` - 1."""
        return self.number() % limit

    def mutated(self, data: bytes) -> bytes:
        """The bytes with one to three small changes."""
        changed = bytearray(data)
        for _ in range(1 + self.below(3)):
            self._mutate(changed)
        return bytes(changed)

    def _mutate(self, data: bytearray) -> None:
        place = self.below(len(data) + 1)
        match self.below(4):
            case 0:
                data.insert(place, self.below(256))
            case 1 if place < len(data):
                del data[place : place + 1 + self.below(4)]
            case 2 if place < len(data):
                data[place] ^= 1 << self.below(8)
            case _:
                data[place : place + 1] = bytes([(0, 1, 0x7F, 0x80, 0xFF)[self.below(5)]])
