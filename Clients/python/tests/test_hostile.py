"""Hostile bytes: decoders give a value or a `WireError`, and nothing else; what they accept is canonical."""

from __future__ import annotations

import struct
import unittest
from typing import Any

from almanac.errors import WireError
from almanac.frames import HEADER, Side, decode_frame
from tests import vectors
from tests.kinds import VectorKind, kind_of
from tests.seeds import Seeded
from tests.test_vectors import DECODED

SEED = 20_261_121
MUTATIONS_OF_A_VECTOR = 100

UNBOUNDED = {"text", "bytes", "unknown"}
"""Values that end where their bytes end: a prefix of one is one."""


def good_vectors() -> list[tuple[str, VectorKind, bytes]]:
    """Name, kind and bytes of every good vector that is decoded behind no fixed context."""
    found = []
    for name in DECODED:
        for vector in vectors.good_and_refused(name)[0]:
            if not vector["type"].startswith("signed bytes"):
                found.append((f"{name}: {vector['name']}", kind_of(vector["type"]), bytes.fromhex(vector["hex"])))
    return found


def may_be_cut(vector: dict[str, Any]) -> bool:
    """Whether a prefix of the vector's bytes may be good: values that have no length of their own."""
    return vector["type"].startswith("value") and not UNBOUNDED.isdisjoint(vector["decoded"])


class TruncationTests(unittest.TestCase):
    """Every good vector, cut at every byte."""

    def test_a_cut_is_refused(self) -> None:
        for name in DECODED:
            for vector in vectors.good_and_refused(name)[0]:
                if not vector["type"].startswith("signed bytes") and not may_be_cut(vector):
                    with self.subTest(file=name, vector=vector["name"]):
                        self.check_cuts(kind_of(vector["type"]), bytes.fromhex(vector["hex"]))

    def check_cuts(self, kind: VectorKind, data: bytes) -> None:
        for end in range(len(data)):
            with self.assertRaises(WireError, msg=f"cut at {end}"):
                kind.decode(data[:end])

    def test_a_payload_cut_within_its_frame(self) -> None:
        for vector in vectors.good_and_refused("messages")[0]:
            with self.subTest(vector=vector["name"]):
                self.check_payload_cuts(kind_of("message"), bytes.fromhex(vector["hex"]))

    def check_payload_cuts(self, kind: VectorKind, data: bytes) -> None:
        """A shorter payload is refused, or another message: one that lacks only extensions."""
        for length in range(len(data) - HEADER):
            shorter = struct.pack(">I", length) + data[4 : HEADER + length]
            try:
                exchange, message = kind.decode(shorter)
            except WireError:
                continue
            self.assertEqual(kind.encode((exchange, message)), shorter)
            self.assertLess(len(message.extensions), 2)


class MutationTests(unittest.TestCase):
    """Seeded changes of every good vector, and bytes that nobody has meant."""

    def test_mutations(self) -> None:
        random = Seeded(SEED)
        refused = accepted = 0
        for name, kind, data in good_vectors():
            for index in range(MUTATIONS_OF_A_VECTOR):
                mutant = random.mutated(data)
                with self.subTest(vector=name, seed=SEED, index=index, hex=mutant.hex()):
                    if self.check(kind, mutant):
                        accepted += 1
                    else:
                        refused += 1
        self.assertGreater(refused, 5_000)
        self.assertGreater(accepted, 500, "a test of canonical encodings needs changed bytes that are accepted")

    def test_mutated_payloads(self) -> None:
        random = Seeded(SEED + 1)
        for name, kind, data in good_vectors():
            for index in range(MUTATIONS_OF_A_VECTOR if name.startswith("messages") else 0):
                payload = random.mutated(data[HEADER:])
                mutant = struct.pack(">I", len(payload)) + data[4:HEADER] + payload
                with self.subTest(vector=name, seed=SEED + 1, index=index, hex=mutant.hex()):
                    self.check(kind, mutant)

    def check(self, kind: VectorKind, data: bytes) -> bool:
        """Whether the bytes were accepted, which is right only if their value has no other encoding."""
        try:
            item = kind.decode(data)
        except WireError as error:
            self.assertTrue(error.reason)
            return False
        encoded = kind.encode(item)
        if encoded is not None:
            self.assertEqual(encoded, data)
        return True

    def test_noise(self) -> None:
        random = Seeded(SEED)
        kinds = {name.split(":")[0]: kind for name, kind, _ in good_vectors()}
        for index in range(3_000):
            data = bytes(random.below(256) for _ in range(random.below(60)))
            for name, kind in kinds.items():
                with self.subTest(kind=name, seed=SEED, index=index, hex=data.hex()):
                    self.check(kind, data)

    def test_frames_of_noise(self) -> None:
        random = Seeded(SEED)
        for index in range(3_000):
            data = bytes(random.below(256) for _ in range(random.below(20)))
            with self.subTest(seed=SEED, index=index, hex=data.hex()):
                try:
                    _, size = decode_frame(data, Side.SERVER)
                except WireError:
                    continue
                self.assertLessEqual(size, len(data))
