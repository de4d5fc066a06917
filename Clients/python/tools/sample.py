"""The dataset that the vectors of digest.json speak of."""

from __future__ import annotations

import hashlib
from uuid import UUID

from almanac.chain import Header
from almanac.edits import ValueEdit
from almanac.names import KnownRecord
from almanac.operations import Edit, Make, Operation, encode_operation
from almanac.receipts import Applied, Reason, Receipt, ReceiptSheet, Rejected
from almanac.records import Record, encode_record
from almanac.statements import Checkpoint, Delegation
from almanac.values import BOOLEAN, BYTES, DATE, DECIMAL, INSTANT, INTEGER, REFERENCE, TEXT, TEXT_SET, UUID_CODE, Decimal, Value

DATASET = UUID("0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0")
EPOCH = 1_790_000_000_000
ROOT_SEED = bytes(range(32))
CHECKPOINT_SEED = bytes(range(32, 64))
STREAMS = ["clusters", "patents", "patents/de", "patents/jp", "publications", "rankings", "reference", "regions", "regions/asia"]


def records() -> dict[str, bytes]:
    """Names and canonical bytes of five records."""
    texts = {1: Value(TEXT, "Tokyo–Yokohama"), 2: Value(INTEGER, 1)}
    everything = {
        1: Value(BOOLEAN, True),
        2: Value(INTEGER, -(2**63)),
        3: Value(DECIMAL, Decimal(-1, 125)),
        4: Value(TEXT, "São Paulo"),
        5: Value(DATE, 19_782),
        6: Value(INSTANT, EPOCH + 250),
        7: Value(UUID_CODE, DATASET),
        8: Value(BYTES, b"\x00\xff\x10"),
        9: Value(TEXT_SET, ("a", "b", "é")),
        10: Value(REFERENCE, 2**63 - 1),
        1024: Value(200, b"\x01\x02\x03"),
    }
    return {
        "all null": encode_record(Record(16, 1, 1, {})),
        "a name and a rank": encode_record(Record(17, 42, 300, texts)),
        "the same at the next sequence": encode_record(Record(17, 42, 301, texts)),
        "every type": encode_record(Record(65_535, 2**63 - 1, 4_711, everything)),
        "a long text": encode_record(Record(18, 7, 4_712, {3: Value(TEXT, "cluster " * 100)})),
    }


def commits() -> list[tuple[int, Header, bytes]]:
    """Three commits: the sequence, the header, the root after it."""
    roots = [bytes([0x33]) * 32, bytes([0x44]) * 32, bytes([0x55]) * 32]
    salts = [bytes([0x66]) * 16, bytes([0x77]) * 16, bytes([0x88]) * 16]
    return [
        (1, Header(salts[0], EPOCH, "Mika", "Import"), roots[0]),
        (2, Header(salts[1], EPOCH + 1, "", ""), roots[1]),
        (300, Header(salts[2], EPOCH + 86_400_000, "Mika", "Ranking 2026 – São Paulo"), roots[2]),
    ]


def delegations(checkpoint_key: bytes) -> tuple[Delegation, Delegation]:
    """Of a certificate authority (its certificate is not a real one) and of a checkpoint key."""
    year = 365 * 86_400_000
    authority = Delegation(DATASET, 1, 1, EPOCH, EPOCH + year, bytes.fromhex("3003020105"))
    return authority, Delegation(DATASET, 2, 3, EPOCH, EPOCH + year, checkpoint_key)


def checkpoint(chain: bytes, root: bytes) -> Checkpoint:
    """Of the last commit."""
    return Checkpoint(DATASET, EPOCH, 300, chain, EPOCH + 86_400_001, root, 3)


def operations() -> list[bytes]:
    """A note, and a figure that is set."""
    note = {2: Value(TEXT, "note"), 6: Value(TEXT, "Fund II closed")}
    figure = ValueEdit(Value(DECIMAL, Decimal(-1, 103)), Value(DECIMAL, Decimal(-1, 99)))
    made = [
        Operation(UUID(bytes=bytes([0xA7]) * 16), EPOCH + 250, None, (Make(5, "team/apac", note),)),
        Operation(UUID(bytes=bytes([0xB8]) * 16), EPOCH + 251, "Revised", (Edit(KnownRecord(20, 9_000), {5: figure}),)),
    ]
    return [encode_operation(operation) for operation in made]


def receipts() -> ReceiptSheet:
    """Of these operations: the first was applied, the second rejected."""
    outcomes = [Applied(301, (17,), (12,)), Rejected(Reason.NOT_ALLOWED, "Only curators change the dataset.")]
    answered = [
        Receipt(UUID(bytes=operation[:16]), hashlib.sha256(operation).digest(), outcome)
        for operation, outcome in zip(operations(), outcomes)
    ]
    return ReceiptSheet(DATASET, EPOCH, 3, tuple(answered))
