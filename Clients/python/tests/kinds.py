"""What the `type` of a golden vector means here: how to decode its bytes, show what they say, and encode that again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from almanac.errors import TrailingBytes, Truncated, UnknownCode
from almanac.frames import DroppedFrame, Frame, MessageType, Side, decode_frame, encode_frame, senders
from almanac.messages import Message, decode_message, encode_message
from almanac.reader import Reader, whole
from almanac.records import decode_record, encode_record
from almanac.statements import Checkpoint, Delegation, decode_checkpoint, decode_delegation, encode_statement
from almanac.values import decode_value, encode_value
from almanac.windows import Window, decode_window
from almanac.writer import Writer, written
from tests import render


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


def _signed_bytes(statement: type[Delegation] | type[Checkpoint], decode: Callable[[bytes], Any]) -> Callable[[bytes], Any]:
    def decode_behind_context(data: bytes) -> Any:
        assert data.startswith(statement.context), "the context comes first"
        return decode(data[len(statement.context) :])

    return decode_behind_context


def _with_context(statement: Delegation | Checkpoint) -> bytes:
    return statement.context + encode_statement(statement)


STATEMENTS = {
    "delegation": VectorKind(decode_delegation, render.delegation, encode_statement),
    "checkpoint": VectorKind(decode_checkpoint, render.checkpoint, encode_statement),
    "signed bytes delegation": VectorKind(_signed_bytes(Delegation, decode_delegation), render.delegation, _with_context),
    "signed bytes checkpoint": VectorKind(_signed_bytes(Checkpoint, decode_checkpoint), render.checkpoint, _with_context),
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
            return VectorKind(_decode_message, lambda item: render.message(item[1]), _encode_message)
        case ["window"]:
            return VectorKind(decode_window, render.window, _nothing)
    if name in STATEMENTS:
        return STATEMENTS[name]
    return PRIMITIVES[name]
