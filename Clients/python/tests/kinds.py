"""What the `type` of a golden vector means here: how to decode its bytes, show what they say, and encode that again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from almanac.errors import TrailingBytes, Truncated, UnknownCode
from almanac.frames import DroppedFrame, Frame, MessageType, Side, decode_frame, encode_frame, senders
from almanac.messages import Message, decode_message, encode_message
from almanac.operations import decode_operation, encode_operation
from almanac.reader import Reader, whole
from almanac.receipts import ReceiptSheet, decode_receipts, encode_receipts
from almanac.records import decode_record, encode_record
from almanac.sheets import OperationSheet, decode_sheet, encode_sheet
from almanac.statements import Checkpoint, Delegation, decode_checkpoint, decode_delegation, encode_statement
from almanac.values import decode_value, encode_value
from almanac.windows import Window, decode_window
from almanac.writer import Writer, written
from tests import render, render_messages, render_operations


@dataclass(frozen=True)
class VectorKind:
    """How vectors of a type are checked. `encode` gives None where bytes are decoded only."""

    decode: Callable[[bytes], Any]
    show: Callable[[Any], Any]
    encode: Callable[[Any], bytes | None]


def _nothing(_value: Any) -> None:
    return None


def _primitive(read: Callable[[Reader], Any], write: Callable[[Writer, Any], None], show: Callable[[Any], Any]) -> VectorKind:
    return VectorKind(lambda data: whole(data, read), show, lambda item: written(lambda writer: write(writer, item)))


PRIMITIVES = {
    "varint": _primitive(Reader.varint, Writer.varint, str),
    "zigzag": _primitive(Reader.zigzag, Writer.zigzag, str),
    "bytes": _primitive(Reader.blob, Writer.blob, bytes.hex),
    "text": _primitive(Reader.text, Writer.text, str),
    "instant": _primitive(Reader.instant, Writer.instant, render.instant),
    "fixed(4)": _primitive(lambda reader: reader.fixed(4), lambda writer, data: writer.fixed(data, 4), bytes.hex),
    "optional varint": _primitive(
        lambda reader: reader.optional(Reader.varint),
        lambda writer, number: writer.optional(number, Writer.varint),
        lambda number: "absent" if number is None else str(number),
    ),
    "list of varint": _primitive(
        lambda reader: reader.list_of(Reader.varint),
        lambda writer, numbers: writer.list_of(numbers, Writer.varint),
        lambda numbers: [str(number) for number in numbers],
    ),
}


def one_frame(data: bytes, side: Side, limited: bool) -> Frame | DroppedFrame:
    """The frame that all of the bytes are."""
    frame, size = decode_frame(data, side, limited)
    if size != len(data):
        raise TrailingBytes("bytes behind the frame")
    return frame


def _encode_frame(frame: Frame | DroppedFrame) -> bytes | None:
    return encode_frame(frame) if isinstance(frame, Frame) else None


def message_frame(data: bytes) -> Frame:
    """The frame around a message, from a side that sends its type, with full access."""
    if len(data) < 5:
        raise Truncated("a frame has a type")
    known = data[4] in set(MessageType)
    side = min(senders(MessageType(data[4])), key=lambda each: each.value) if known else Side.CLIENT
    frame = one_frame(data, side, limited=False)
    if not isinstance(frame, Frame):
        raise UnknownCode("a frame of an unknown type has no message")
    return frame


def _decode_message(data: bytes) -> tuple[int, Message]:
    frame = message_frame(data)
    return frame.exchange, decode_message(frame)


def _encode_message(item: tuple[int, Message]) -> bytes | None:
    exchange, message = item
    return None if isinstance(message, Window) else encode_frame(encode_message(message, exchange))


def _behind(context: bytes, kind: VectorKind) -> VectorKind:
    """The same kind with the context in front: what a signature is over."""

    def decode(data: bytes) -> Any:
        assert data.startswith(context), "the context comes first"
        return kind.decode(data[len(context) :])

    return VectorKind(decode, kind.show, lambda statement: context + (kind.encode(statement) or b""))


_DELEGATION = VectorKind(decode_delegation, render.delegation, encode_statement)
_CHECKPOINT = VectorKind(decode_checkpoint, render.checkpoint, encode_statement)
_OPERATIONS = VectorKind(decode_sheet, render_operations.sheet, encode_sheet)
_RECEIPTS = VectorKind(decode_receipts, render_operations.receipts_of, encode_receipts)

STATEMENTS = {
    "delegation": _DELEGATION,
    "checkpoint": _CHECKPOINT,
    "operation": VectorKind(decode_operation, render_operations.operation, encode_operation),
    "operations": _OPERATIONS,
    "receipts": _RECEIPTS,
    "signed bytes delegation": _behind(Delegation.context, _DELEGATION),
    "signed bytes checkpoint": _behind(Checkpoint.context, _CHECKPOINT),
    "signed bytes operations": _behind(OperationSheet.context, _OPERATIONS),
    "signed bytes receipts": _behind(ReceiptSheet.context, _RECEIPTS),
}


def kind_of(name: str) -> VectorKind:
    """The kind that a vector's `type` names; an unknown one raises."""
    match name.split():
        case ["value", code]:
            number = int(code)
            return VectorKind(lambda data: decode_value(number, data), render.value, encode_value)
        case ["record"]:
            return VectorKind(decode_record, render.record, encode_record)
        case ["frame", ("client" | "server") as sender, ("limited" | "full") as access]:
            side, limited = Side(sender), access == "limited"
            return VectorKind(lambda data: one_frame(data, side, limited), render.frame, _encode_frame)
        case ["message"]:
            return VectorKind(_decode_message, lambda item: render_messages.message(item[1]), _encode_message)
        case ["window"]:
            return VectorKind(decode_window, render.window, _nothing)
    if name in STATEMENTS:
        return STATEMENTS[name]
    return PRIMITIVES[name]
