"""Frames (section 3), the message types (section 9) and the caps of their payloads (section 16)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum

from almanac import caps
from almanac.errors import BadFlags, OutOfRange, TooLarge, Truncated, WrongDirection
from almanac.reader import Reader
from almanac.writer import Writer

HEADER = 8
LAST = 0x01


class Side(Enum):
    """The two sides of a connection."""

    CLIENT = "client"
    SERVER = "server"


class MessageType(IntEnum):
    """The message types of version 1."""

    CLIENT_HELLO = 1
    SERVER_HELLO = 2
    ENROL = 3
    ENROLLED = 4
    RENEW = 5
    PULL = 6
    OUTLINE = 7
    WINDOW = 8
    COMPLETE = 9
    CANCEL = 10
    CHAIN_REQUEST = 11
    DELEGATION_CHAIN = 12
    PING = 13
    PONG = 14
    GOING_AWAY = 15
    ERROR = 16
    REACHED = 17
    PUSH = 18
    RECEIPTS = 19


_CAPS = {
    MessageType.CLIENT_HELLO: 8_192,
    MessageType.SERVER_HELLO: 32_768,
    MessageType.ENROL: 8_192,
    MessageType.ENROLLED: 32_768,
    MessageType.RENEW: 8_192,
    MessageType.PULL: 65_536,
    MessageType.OUTLINE: 65_536,
    MessageType.WINDOW: 262_144,
    MessageType.COMPLETE: 262_144,
    MessageType.CANCEL: 0,
    MessageType.CHAIN_REQUEST: 0,
    MessageType.DELEGATION_CHAIN: 32_768,
    MessageType.PING: 8,
    MessageType.PONG: 8,
    MessageType.GOING_AWAY: 1_024,
    MessageType.ERROR: 1_024,
    MessageType.REACHED: 262_144,
    MessageType.PUSH: 262_144,
    MessageType.RECEIPTS: 1_048_576,
}

_FROM_CLIENT = {
    MessageType.CLIENT_HELLO,
    MessageType.ENROL,
    MessageType.RENEW,
    MessageType.PULL,
    MessageType.PUSH,
    MessageType.CANCEL,
    MessageType.CHAIN_REQUEST,
}
_FROM_BOTH = {MessageType.PING, MessageType.PONG, MessageType.GOING_AWAY, MessageType.ERROR}


@dataclass(frozen=True, slots=True)
class Header:
    """The first eight bytes of a frame. A type that version 1 does not know stands as a number."""

    length: int
    type: MessageType | int
    last: bool
    exchange: int


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame of a known type; its payload is not decoded yet."""

    type: MessageType
    last: bool
    exchange: int
    payload: bytes


@dataclass(frozen=True, slots=True)
class DroppedFrame:
    """A frame of an unknown type: read, dropped, to be answered by `unknown_message` on its exchange."""

    type: int
    last: bool
    exchange: int
    dropped_bytes: int


def payload_cap(message_type: MessageType | int, limited: bool) -> int:
    """The cap of a payload; `limited`: from a client before its hello, or without full access."""
    cap = _CAPS[message_type] if isinstance(message_type, MessageType) else caps.FRAME_UNKNOWN
    return min(cap, caps.FRAME_LIMITED) if limited else cap


def senders(message_type: MessageType) -> set[Side]:
    """The sides that send messages of the type."""
    if message_type in _FROM_BOTH:
        return {Side.CLIENT, Side.SERVER}
    return {Side.CLIENT} if message_type in _FROM_CLIENT else {Side.SERVER}


def decode_header(data: bytes, sender: Side, limited: bool = False) -> Header:
    """The header at the front of `data`; refuses it by its caps before a byte of the payload is there."""
    if len(data) < HEADER:
        raise Truncated(f"a header has {HEADER} bytes, not {len(data)}")
    code, flags = data[4], data[5]
    if flags & ~LAST:
        raise BadFlags(f"flags {flags:02x}: all but last are zero")
    known = MessageType(code) if code in _CAPS else code
    if isinstance(known, MessageType) and sender not in senders(known):
        raise WrongDirection(f"{known.name} does not come from the {sender.value}")
    header = Header(int.from_bytes(data[:4], "big"), known, flags == LAST, int.from_bytes(data[6:8], "big"))
    cap = payload_cap(known, limited)
    if header.length > cap:
        raise TooLarge(f"a payload of {header.length} bytes; the cap is {cap}")
    return header


def decode_frame(data: bytes, sender: Side, limited: bool = False) -> tuple[Frame | DroppedFrame, int]:
    """The frame at the front of `data`, and how many bytes it takes. `Truncated` says that more bytes are needed."""
    header = decode_header(data, sender, limited)
    payload = Reader(data[HEADER : HEADER + header.length]).fixed(header.length)
    size = HEADER + header.length
    if isinstance(header.type, MessageType):
        return Frame(header.type, header.last, header.exchange, payload), size
    return DroppedFrame(header.type, header.last, header.exchange, header.length), size


def encode_frame(frame: Frame) -> bytes:
    """The bytes of a frame."""
    if len(frame.payload) > payload_cap(frame.type, limited=False):
        raise TooLarge(f"a payload of {len(frame.payload)} bytes is above the cap of {frame.type.name}")
    if not 0 <= frame.exchange <= 65_535:
        raise OutOfRange(f"exchange {frame.exchange} is not from 0 to 65535")
    writer = Writer()
    writer.raw(len(frame.payload).to_bytes(4, "big"))
    writer.u8(frame.type.value)
    writer.u8(LAST if frame.last else 0)
    writer.raw(frame.exchange.to_bytes(2, "big"))
    writer.raw(frame.payload)
    return writer.data
