"""Statements that a root or an authority signs: delegations, checkpoints, receipts (section 8)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar
from uuid import UUID

from almanac import ed25519
from almanac.errors import BadSignature, Inconsistent, OutOfRange
from almanac.places import read_sequence, read_storable, write_sequence, write_storable
from almanac.reader import Reader, whole
from almanac.receipts import ReceiptSheet, decode_receipts, encode_receipts
from almanac.writer import Writer

CERTIFICATE_AUTHORITY, CHECKPOINT_KEY = 1, 2


@dataclass(frozen=True, slots=True)
class Delegation:
    """The root key says whose certificates, or whose checkpoints, count from `starts` until `ends` (milliseconds)."""

    context: ClassVar[bytes] = b"almanac/1 delegation\x00"

    dataset: UUID
    kind: int
    number: int
    starts: int
    ends: int
    subject: bytes


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The authority says what the head is; `time` is in milliseconds."""

    context: ClassVar[bytes] = b"almanac/1 checkpoint\x00"

    dataset: UUID
    epoch: int
    sequence: int
    chain: bytes
    time: int
    root: bytes
    delegation: int


Statement = TypeVar("Statement", Delegation, Checkpoint, ReceiptSheet)


@dataclass(frozen=True, slots=True)
class Signed(Generic[Statement]):
    """A statement and the signature that came with it, which nobody has verified yet."""

    statement: Statement
    signature: bytes

    def verify(self, public_key: bytes) -> Statement:
        """The statement, if the key has signed it; else `BadSignature`."""
        if not ed25519.verifies(public_key, signed_bytes(self.statement), self.signature):
            raise BadSignature("the signature does not verify under the key")
        return self.statement


@dataclass(frozen=True, slots=True)
class DelegationChain:
    """The root key and its two delegations."""

    root_key: bytes
    certificate_authority: Signed[Delegation]
    checkpoint_key: Signed[Delegation]


def decode_delegation(data: bytes) -> Delegation:
    """The delegation that the bytes say."""
    return whole(data, _read_delegation)


def _read_delegation(reader: Reader) -> Delegation:
    dataset, kind, number = reader.uuid(), reader.code(range(1, 3), "kind"), read_storable(reader, "number")
    delegation = Delegation(dataset, kind, number, reader.instant(), reader.instant(), reader.blob())
    _check_delegation(delegation)
    return delegation


def _check_delegation(delegation: Delegation) -> None:
    if delegation.starts > delegation.ends:
        raise OutOfRange("a delegation ends before it begins")
    if delegation.kind == CHECKPOINT_KEY and len(delegation.subject) != 32:
        raise OutOfRange("a checkpoint key has 32 bytes")


def encode_delegation(delegation: Delegation) -> bytes:
    """The statement's bytes."""
    _check_delegation(delegation)
    writer = Writer()
    writer.raw(delegation.dataset.bytes)
    writer.number(delegation.kind, 1, 2, "kind")
    write_storable(writer, delegation.number, "number")
    writer.instant(delegation.starts)
    writer.instant(delegation.ends)
    writer.blob(delegation.subject)
    return writer.data


def decode_checkpoint(data: bytes) -> Checkpoint:
    """The checkpoint that the bytes say."""
    return whole(data, _read_checkpoint)


def _read_checkpoint(reader: Reader) -> Checkpoint:
    dataset, epoch, sequence = reader.uuid(), read_storable(reader, "epoch"), read_sequence(reader)
    chain, time, root = reader.fixed(32), reader.instant(), reader.fixed(32)
    return Checkpoint(dataset, epoch, sequence, chain, time, root, read_storable(reader, "delegation"))


def encode_checkpoint(checkpoint: Checkpoint) -> bytes:
    """The statement's bytes."""
    writer = Writer()
    writer.raw(checkpoint.dataset.bytes)
    write_storable(writer, checkpoint.epoch, "epoch")
    write_sequence(writer, checkpoint.sequence)
    writer.fixed(checkpoint.chain, 32)
    writer.instant(checkpoint.time)
    writer.fixed(checkpoint.root, 32)
    write_storable(writer, checkpoint.delegation, "delegation")
    return writer.data


def encode_statement(statement: Delegation | Checkpoint | ReceiptSheet) -> bytes:
    """The statement's bytes."""
    match statement:
        case Delegation():
            return encode_delegation(statement)
        case Checkpoint():
            return encode_checkpoint(statement)
        case ReceiptSheet():
            return encode_receipts(statement)


def signed_bytes(statement: Delegation | Checkpoint | ReceiptSheet) -> bytes:
    """What a signature is over: the context, `00`, the statement's bytes."""
    return statement.context + encode_statement(statement)


def _read_signed(reader: Reader, decode: Callable[[bytes], Statement]) -> Signed[Statement]:
    return Signed(decode(reader.blob()), reader.fixed(64))


def read_signed_delegation(reader: Reader) -> Signed[Delegation]:
    """A signed delegation."""
    return _read_signed(reader, decode_delegation)


def read_signed_checkpoint(reader: Reader) -> Signed[Checkpoint]:
    """A signed checkpoint."""
    return _read_signed(reader, decode_checkpoint)


def read_signed_receipts(reader: Reader) -> Signed[ReceiptSheet]:
    """Signed receipts."""
    return _read_signed(reader, decode_receipts)


def write_signed(writer: Writer, signed: Signed[Delegation] | Signed[Checkpoint] | Signed[ReceiptSheet]) -> None:
    """The statement as bytes, then the signature."""
    writer.blob(encode_statement(signed.statement))
    writer.fixed(signed.signature, 64)


def read_chain(reader: Reader) -> DelegationChain:
    """Root key, delegation of the certificate authority, delegation of the checkpoint key."""
    chain = DelegationChain(reader.fixed(32), read_signed_delegation(reader), read_signed_delegation(reader))
    _check_chain(chain)
    return chain


def _check_chain(chain: DelegationChain) -> None:
    kinds = chain.certificate_authority.statement.kind, chain.checkpoint_key.statement.kind
    if kinds != (CERTIFICATE_AUTHORITY, CHECKPOINT_KEY):
        raise Inconsistent(f"a delegation chain has delegations of kind 1 and 2, not {kinds}")


def write_chain(writer: Writer, chain: DelegationChain) -> None:
    """Root key, delegation of the certificate authority, delegation of the checkpoint key."""
    _check_chain(chain)
    writer.fixed(chain.root_key, 32)
    write_signed(writer, chain.certificate_authority)
    write_signed(writer, chain.checkpoint_key)
