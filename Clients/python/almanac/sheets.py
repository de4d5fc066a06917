"""Operations of one device, as its key signs them (section 8)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from almanac import caps
from almanac.errors import OutOfRange, TooLarge, Truncated
from almanac.reader import Reader, whole
from almanac.writer import Writer


@dataclass(frozen=True, slots=True)
class OperationSheet:
    """The bytes of operations, in the order in which they were made; `key` is a SubjectPublicKeyInfo in DER."""

    context: ClassVar[bytes] = b"almanac/1 operations\x00"

    dataset: UUID
    key: bytes
    operations: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class SignedSheet:
    """A sheet and its device's signature: ECDSA over P-256, which this package does not verify."""

    statement: OperationSheet
    signature: bytes


def operation_id(operation: bytes) -> UUID:
    """The id of an operation, which may be one that a later version has made."""
    if len(operation) > caps.OPERATION:
        raise TooLarge(f"an operation of {len(operation)} bytes; the cap is {caps.OPERATION}")
    if len(operation) < 16:
        raise Truncated(f"an operation begins with its id of 16 bytes, and has {len(operation)}")
    return UUID(bytes=operation[:16])


def decode_sheet(data: bytes) -> OperationSheet:
    """The sheet that the bytes say. Its operations may be such as nobody can read."""
    return whole(data, _read_sheet)


def encode_sheet(sheet: OperationSheet) -> bytes:
    """The statement's bytes."""
    _check_operations(sheet.operations)
    writer = Writer()
    writer.raw(sheet.dataset.bytes)
    writer.blob(sheet.key, caps.PUBLIC_KEY, "public key")
    writer.list_of(sheet.operations, Writer.blob, caps.SHEET_OPERATIONS)
    return writer.data


def _read_sheet(reader: Reader) -> OperationSheet:
    dataset, key = reader.uuid(), reader.blob(caps.PUBLIC_KEY, "public key")
    operations = reader.list_of(lambda item: item.blob(caps.OPERATION, "operation"), caps.SHEET_OPERATIONS, "operations")
    _check_operations(operations)
    return OperationSheet(dataset, key, operations)


def _check_operations(operations: tuple[bytes, ...]) -> None:
    if not operations:
        raise OutOfRange("a statement has an operation at least")
    for operation in operations:
        operation_id(operation)


def read_signed_sheet(reader: Reader) -> SignedSheet:
    """The statement as bytes, then the signature."""
    return SignedSheet(decode_sheet(reader.blob()), reader.fixed(64))


def write_signed_sheet(writer: Writer, signed: SignedSheet) -> None:
    """The statement as bytes, then the signature."""
    writer.blob(encode_sheet(signed.statement))
    writer.fixed(signed.signature, 64)
