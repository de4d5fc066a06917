"""Receipts: what the authority says has become of operations (section 8)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import IntEnum
from typing import ClassVar
from uuid import UUID

from almanac import caps
from almanac.errors import OutOfRange
from almanac.places import read_record_id, read_sequence, read_storable, write_record_id, write_sequence, write_storable
from almanac.reader import Reader, whole
from almanac.sheets import operation_id
from almanac.writer import Writer

_APPLIED, _REJECTED = 1, 2


class Reason(IntEnum):
    """Why an operation was rejected. A reason of a later version stands as a number."""

    NOT_ALLOWED = 1
    INVALID = 2
    TARGET_UNKNOWN = 3
    OTHER_CONTENT = 4
    UNREADABLE = 5


@dataclass(frozen=True, slots=True)
class Applied:
    """The effect is in every state from `sequence` on: the ids of the records made, and of the conflicts kept."""

    sequence: int
    made: tuple[int, ...]
    conflicts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Rejected:
    """Nothing has become of the operation; the sentence is for people."""

    reason: Reason | int
    sentence: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """The answer to one operation; `content` is SHA-256 of its bytes."""

    operation: UUID
    content: bytes
    outcome: Applied | Rejected

    def answers(self, operation: bytes) -> bool:
        """Whether it is the receipt of an operation of these bytes."""
        return (self.operation, self.content) == (operation_id(operation), hashlib.sha256(operation).digest())


@dataclass(frozen=True, slots=True)
class ReceiptSheet:
    """Receipts that the checkpoint key of a delegation has signed; `epoch` is the history in which they hold."""

    context: ClassVar[bytes] = b"almanac/1 receipts\x00"

    dataset: UUID
    epoch: int
    delegation: int
    receipts: tuple[Receipt, ...]


def decode_receipts(data: bytes) -> ReceiptSheet:
    """The receipts that the bytes say."""
    return whole(data, _read_sheet)


def encode_receipts(sheet: ReceiptSheet) -> bytes:
    """The statement's bytes."""
    _check_receipts(sheet)
    writer = Writer()
    writer.raw(sheet.dataset.bytes)
    write_storable(writer, sheet.epoch, "epoch")
    write_storable(writer, sheet.delegation, "number of a delegation")
    writer.list_of(sheet.receipts, _write_receipt, caps.SHEET_OPERATIONS)
    return writer.data


def _read_sheet(reader: Reader) -> ReceiptSheet:
    dataset, epoch = reader.uuid(), read_storable(reader, "epoch")
    delegation = read_storable(reader, "number of a delegation")
    sheet = ReceiptSheet(dataset, epoch, delegation, reader.list_of(_read_receipt, caps.SHEET_OPERATIONS, "receipts"))
    _check_receipts(sheet)
    return sheet


def _check_receipts(sheet: ReceiptSheet) -> None:
    if not sheet.receipts:
        raise OutOfRange("a statement has a receipt at least")


def _read_receipt(reader: Reader) -> Receipt:
    return Receipt(reader.uuid(), reader.fixed(32), _read_outcome(reader))


def _write_receipt(writer: Writer, receipt: Receipt) -> None:
    writer.raw(receipt.operation.bytes)
    writer.fixed(receipt.content, 32)
    match receipt.outcome:
        case Applied(sequence, made, conflicts):
            writer.u8(_APPLIED)
            write_sequence(writer, sequence)
            writer.list_of(made, write_record_id, caps.OPERATION_CHANGES)
            writer.list_of(conflicts, write_record_id)
        case Rejected(reason, sentence):
            writer.u8(_REJECTED)
            writer.varint(reason)
            writer.text(sentence, caps.SENTENCE, "sentence")


def _read_outcome(reader: Reader) -> Applied | Rejected:
    if reader.code(range(_APPLIED, _REJECTED + 1), "outcome") == _REJECTED:
        return Rejected(_reason(reader.varint()), reader.text(caps.SENTENCE, "sentence"))
    sequence = read_sequence(reader)
    made = reader.list_of(read_record_id, caps.OPERATION_CHANGES, "records of a receipt")
    return Applied(sequence, made, reader.list_of(read_record_id))


def _reason(code: int) -> Reason | int:
    return Reason(code) if code in set(Reason) else code
