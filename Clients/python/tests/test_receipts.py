"""Receipts that a client believes, and those that it does not."""

from __future__ import annotations

import unittest
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from almanac.failures import NotProven
from almanac.reader import whole
from almanac.receipts import Receipt, ReceiptSheet
from almanac.statements import Checkpoint, Signed, encode_statement, read_chain, signed_bytes
from almanac.trust import Trust
from tests import vectors
from tools import sample
from tools.ed25519_signing import sign


def signed(sheet: ReceiptSheet, seed: bytes = sample.CHECKPOINT_SEED) -> Signed[ReceiptSheet]:
    """The sheet with its signature."""
    return Signed(sheet, sign(seed, signed_bytes(sheet)))


class ReceiptTests(unittest.TestCase):
    """Section 17: what a receipt is worth."""

    def setUp(self) -> None:
        chain = vectors.load("digest")["delegation_chains"][0]
        self.trust = Trust(whole(bytes.fromhex(chain["bytes"]), read_chain))
        self.operations, self.sheet = sample.operations(), sample.receipts()

    def test_one_receipt_an_operation_in_their_order(self) -> None:
        self.assertEqual(self.trust.check_receipts(signed(self.sheet), self.operations), self.sheet.receipts)

    def test_threat_7_forged_receipts(self) -> None:
        good = signed(self.sheet)
        mistaken = sign(sample.CHECKPOINT_SEED, Checkpoint.context + encode_statement(self.sheet))
        forged = [
            (signed(replace(self.sheet, dataset=UUID(int=1))), "another dataset"),
            (signed(replace(self.sheet, delegation=2)), "under delegation 2; the newest is 3"),
            (signed(self.sheet, sample.ROOT_SEED), "does not verify"),
            (replace(good, statement=replace(self.sheet, epoch=self.sheet.epoch + 1)), "does not verify"),
            (replace(good, signature=mistaken), "does not verify"),
        ]
        for sheet, reason in forged:
            with self.assertRaisesRegex(NotProven, f"A sheet of receipts.*{reason}"):
                self.trust.check_receipts(sheet, self.operations)

    def test_threat_8_receipts_of_other_operations(self) -> None:
        first, second = self.sheet.receipts
        for receipts in ((second, first), (first,), (first, second, second), (first, first)):
            self.refused(receipts, self.operations)
        self.refused((first, second), [self.operations[0], self.operations[1][:16] + b"other"])
        self.refused((first, second), [self.operations[0], bytes(16) + self.operations[1][16:]])
        self.refused((first, second), [])

    def refused(self, receipts: tuple[Receipt, ...], operations: Sequence[bytes]) -> None:
        sheet = signed(replace(self.sheet, receipts=receipts))
        with self.assertRaises(NotProven):
            self.trust.check_receipts(sheet, operations)
