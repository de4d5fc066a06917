"""Every golden vector in the common format: decoded, shown, encoded again; or refused."""

from __future__ import annotations

import unittest
from typing import Any

from almanac.errors import WireError
from tests import vectors
from tests.kinds import kind_of

DECODED = ["primitives", "values", "records", "frames", "messages", "statements", "operations", "windows"]

OTHER_WORDS = {
    "bytes of length 2^63": "truncated",
}
"""Refused vectors for which this implementation has another word than the vector. All others agree, so that none is refused
for a reason that has nothing to do with its rule."""


class VectorTests(unittest.TestCase):
    """Protocol/vectors, but for the preimages and the digests."""

    def test_every_file_has_a_test(self) -> None:
        found = {path.stem for path in vectors.FOLDER.glob("*.json")}
        self.assertEqual(found, vectors.FILES)

    def test_good_vectors_decode_and_encode(self) -> None:
        for name in DECODED:
            for vector in vectors.good_and_refused(name)[0]:
                with self.subTest(file=name, vector=vector["name"]):
                    self.check_good(vector)

    def check_good(self, vector: dict[str, Any]) -> None:
        self.assertEqual(set(vector), {"name", "type", "hex", "decoded"})
        kind, data = kind_of(vector["type"]), bytes.fromhex(vector["hex"])
        item = kind.decode(data)
        self.assertEqual(kind.show(item), vector["decoded"])
        encoded = kind.encode(item)
        if encoded is not None:
            self.assertEqual(encoded.hex(), vector["hex"])

    def test_refused_vectors_are_refused(self) -> None:
        for name in DECODED:
            for vector in vectors.good_and_refused(name)[1]:
                with self.subTest(file=name, vector=vector["name"]):
                    self.check_refused(vector)

    def check_refused(self, vector: dict[str, Any]) -> None:
        self.assertEqual(set(vector), {"name", "type", "hex", "rule", "error"})
        kind, data = kind_of(vector["type"]), bytes.fromhex(vector["hex"])
        with self.assertRaises(WireError) as caught:
            kind.decode(data)
        self.assertEqual(caught.exception.kind, OTHER_WORDS.get(vector["name"], vector["error"]), caught.exception.reason)
