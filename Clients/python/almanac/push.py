"""push and receipts (section 17)."""

from __future__ import annotations

from dataclasses import dataclass

from almanac.extensions import Extensions, read_extensions, write_extensions
from almanac.reader import Reader
from almanac.receipts import ReceiptSheet
from almanac.sheets import SignedSheet, read_signed_sheet, write_signed_sheet
from almanac.statements import Signed, read_signed_receipts, write_signed
from almanac.writer import Writer


@dataclass(frozen=True, slots=True)
class Push:
    """Operations of the connection's device."""

    sheet: SignedSheet
    extensions: Extensions = ()


@dataclass(frozen=True, slots=True)
class Receipts:
    """What has become of the operations of a push, in its order."""

    sheet: Signed[ReceiptSheet]
    extensions: Extensions = ()


def read_push(reader: Reader) -> Push:
    """The payload of a push."""
    return Push(read_signed_sheet(reader), read_extensions(reader))


def write_push(writer: Writer, push: Push) -> None:
    """The payload of a push."""
    write_signed_sheet(writer, push.sheet)
    write_extensions(writer, push.extensions)


def read_receipts(reader: Reader) -> Receipts:
    """The payload of receipts."""
    return Receipts(read_signed_receipts(reader), read_extensions(reader))


def write_receipts(writer: Writer, receipts: Receipts) -> None:
    """The payload of receipts."""
    write_signed(writer, receipts.sheet)
    write_extensions(writer, receipts.extensions)
