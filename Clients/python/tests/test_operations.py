"""Operations and their statements: rules that no golden vector shows, and encoders that refuse what decoders refuse."""

from __future__ import annotations

import unittest
from dataclasses import replace
from uuid import UUID

from almanac import caps, errors
from almanac.edits import ElementsEdit, ValueEdit
from almanac.frames import Frame, MessageType, Side, decode_header, encode_frame
from almanac.messages import decode_message, encode_message
from almanac.names import KnownRecord, MadeBy, MadeRecord
from almanac.operations import Change, Delete, Edit, Make, Move, Operation, See, decode_operation, encode_operation
from almanac.push import Push, Receipts
from almanac.receipts import Applied, Reason, ReceiptSheet, Rejected, decode_receipts, encode_receipts
from almanac.sheets import OperationSheet, SignedSheet, decode_sheet, encode_sheet, operation_id
from almanac.statements import Signed
from almanac.values import BYTES, TEXT, Value
from tools import sample

ID = UUID(int=7)
RECORD = KnownRecord(17, 42)


def operation(*changes: Change, message: str | None = None, time: int = 0) -> Operation:
    """An operation of these changes."""
    return Operation(ID, time, message, changes)


def text(length: int) -> Value:
    """A text of so many bytes."""
    return Value(TEXT, "x" * length)


GOOD = [
    operation(Make(17, None, {})),
    operation(Make(65_535, "a/b/c/d", {1_024: text(caps.TEXT)}), message="m" * caps.COMMIT_MESSAGE, time=caps.INSTANT_MAX),
    operation(Make(17, None, {1: Value(200, bytes(caps.RECORD - 100))})),
    operation(*[Delete(RECORD, {})] * caps.OPERATION_CHANGES),
    operation(Delete(MadeRecord(5, MadeBy(ID, caps.OPERATION_CHANGES - 1)), {1: None, 2: MadeBy(ID, 0)})),
    operation(See(RECORD, "team/apac"), Delete(RECORD, {})),
    operation(Edit(RECORD, {1: ValueEdit(None, None), 2: ElementsEdit((), ("", "a", "é"))})),
    operation(Edit(RECORD, {1: ElementsEdit(tuple(f"{index:04}" for index in range(caps.SET_ELEMENTS)), ("x",))})),
]

BAD = [
    operation(),
    operation(*[Delete(RECORD, {})] * (caps.OPERATION_CHANGES + 1)),
    operation(Delete(RECORD, {}), message="m" * (caps.COMMIT_MESSAGE + 1)),
    operation(Delete(RECORD, {}), message="\ud800"),
    operation(Delete(RECORD, {}), time=-1),
    operation(Delete(RECORD, {}), time=caps.INSTANT_MAX + 1),
    operation(Delete(KnownRecord(0, 1), {})),
    operation(Delete(KnownRecord(65_536, 1), {})),
    operation(Delete(KnownRecord(1, 0), {})),
    operation(Delete(MadeRecord(1, MadeBy(ID, caps.OPERATION_CHANGES)), {})),
    operation(Delete(RECORD, {0: None})),
    operation(Delete(RECORD, {1_025: None})),
    operation(Delete(RECORD, {1: Value(BYTES, bytes(caps.TEXT + 1))})),
    operation(Make(17, "Team/apac", {})),
    operation(Make(17, "a/b/c/d/e", {})),
    operation(Make(17, None, {1: None})),
    operation(Make(17, None, {1: Value(200, bytes(caps.OPERATION))})),
    operation(Edit(RECORD, {})),
    operation(Edit(RECORD, {1: ElementsEdit((), ())})),
    operation(Edit(RECORD, {1: ElementsEdit(("b", "a"), ())})),
    operation(Edit(RECORD, {1: ElementsEdit(("a", "a"), ())})),
    operation(Edit(RECORD, {1: ElementsEdit(("a",), ("a",))})),
    operation(Edit(RECORD, {1: ElementsEdit(tuple(f"{index:04}" for index in range(caps.SET_ELEMENTS + 1)), ())})),
    operation(Move(RECORD, "a", "a")),
    operation(See(RECORD, "A")),
    operation(Move(RECORD, "a", "A")),
]


class OperationTests(unittest.TestCase):
    """Section 8, *Operation*."""

    def test_the_greatest_and_the_least(self) -> None:
        for good in GOOD:
            data = encode_operation(good)
            self.assertEqual(decode_operation(data), good)
            self.assertEqual(operation_id(data), ID)

    def test_encoders_refuse_what_decoders_refuse(self) -> None:
        for bad in BAD:
            with self.assertRaises(errors.WireError, msg=repr(bad)[:200]):
                encode_operation(bad)

    def test_threat_1_an_operation_above_its_cap(self) -> None:
        longest = next(size for size in range(100_000, 0, -1) if self.sized(size) == caps.OPERATION)
        data = encode_operation(self.long(longest))
        self.assertEqual(len(data), caps.OPERATION)
        with self.assertRaises(errors.TooLarge):
            decode_operation(data + b"\x00")
        with self.assertRaises(errors.TrailingBytes):
            decode_operation(encode_operation(GOOD[0]) + b"\x00")

    def sized(self, size: int) -> int:
        """How long an operation with a value of that size is; 0 if it is too long."""
        try:
            return len(encode_operation(self.long(size)))
        except errors.TooLarge:
            return 0

    def long(self, size: int) -> Operation:
        """With a value of that size, and another one: a value is shorter than an operation may be."""
        return operation(Make(17, None, {1: Value(200, bytes(100_000)), 2: Value(200, bytes(size))}))


class SheetTests(unittest.TestCase):
    """Section 8, *Operations of a device* and *Receipts*."""

    def test_operations_that_nobody_can_read_are_carried(self) -> None:
        sheet = OperationSheet(sample.DATASET, b"", (ID.bytes, ID.bytes + b"\xff", bytes(caps.OPERATION)))
        self.assertEqual(decode_sheet(encode_sheet(sheet)), sheet)

    def test_threat_1_sheets_above_their_caps(self) -> None:
        good = OperationSheet(sample.DATASET, bytes(caps.PUBLIC_KEY), (ID.bytes,) * caps.SHEET_OPERATIONS)
        self.assertEqual(decode_sheet(encode_sheet(good)), good)
        one = ID.bytes
        for operations in ((), (one,) * (caps.SHEET_OPERATIONS + 1), (one[:15],), (one, bytes(caps.OPERATION + 1))):
            with self.assertRaises(errors.WireError):
                encode_sheet(replace(good, operations=operations))
        with self.assertRaises(errors.TooLarge):
            encode_sheet(replace(good, key=bytes(caps.PUBLIC_KEY + 1)))

    def test_receipts(self) -> None:
        good = sample.receipts()
        for sheet in self.receipts([Applied(0, (), ()), Applied(caps.SEQUENCE_MAX, (caps.RECORD_ID_MAX, 1), (1,) * 5_000)]):
            self.assertEqual(decode_receipts(encode_receipts(sheet)), sheet)
        for sheet in self.receipts([Rejected(Reason.UNREADABLE, "s" * caps.SENTENCE), Rejected(2**64 - 1, "")]):
            self.assertEqual(decode_receipts(encode_receipts(sheet)), sheet)
        bad = [Applied(caps.SEQUENCE_MAX + 1, (), ()), Applied(1, (0,), ()), Applied(1, (), (caps.RECORD_ID_MAX + 1,))]
        bad += [Applied(1, (1,) * (caps.OPERATION_CHANGES + 1), ()), Rejected(1, "s" * (caps.SENTENCE + 1)), Rejected(-1, "")]
        beyond = [replace(good, receipts=()), replace(good, epoch=2**63), replace(good, delegation=2**63)]
        for sheet in [*self.receipts(bad), *beyond]:
            with self.assertRaises(errors.WireError):
                encode_receipts(sheet)
        with self.assertRaises(errors.OutOfRange):
            decode_receipts(sample.DATASET.bytes + b"\x80" * 9 + b"\x01" + b"\x00\x00")

    def receipts(self, outcomes: list[Applied | Rejected]) -> list[ReceiptSheet]:
        """A sheet for each outcome."""
        good = sample.receipts()
        return [replace(good, receipts=(replace(good.receipts[0], outcome=outcome),)) for outcome in outcomes]


class PushTests(unittest.TestCase):
    """Sections 9, 16 and 17."""

    def test_flags_exchanges_and_directions(self) -> None:
        signature = bytes(64)
        push = Push(SignedSheet(OperationSheet(sample.DATASET, b"key", tuple(sample.operations())), signature))
        receipts = Receipts(Signed(sample.receipts(), signature))
        for message, sender, other in ((push, Side.CLIENT, Side.SERVER), (receipts, Side.SERVER, Side.CLIENT)):
            frame = encode_message(message, 3)
            self.assertTrue(frame.last)
            self.assertEqual(decode_message(frame), message)
            with self.assertRaises(errors.BadFlags):
                decode_message(replace(frame, last=False))
            with self.assertRaises(errors.BadExchange):
                decode_message(replace(frame, exchange=0))
            header = encode_frame(frame)[:8]
            self.assertEqual(decode_header(header, sender).type, frame.type)
            with self.assertRaises(errors.WrongDirection):
                decode_header(header, other)

    def test_threat_1_the_caps_of_the_payloads(self) -> None:
        capped = ((MessageType.PUSH, Side.CLIENT, 262_144), (MessageType.RECEIPTS, Side.SERVER, 1_048_576))
        for message_type, sender, cap in capped:
            header = encode_frame(Frame(message_type, True, 1, bytes(cap)))[:8]
            self.assertEqual(decode_header(header, sender).length, cap)
            with self.assertRaises(errors.TooLarge):
                decode_header((cap + 1).to_bytes(4, "big") + header[4:], sender)
