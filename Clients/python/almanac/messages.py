"""A message is what a frame's type, exchange, flags and payload say together (section 9)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from almanac import control, enrolment, hello, pull, push
from almanac.errors import BadExchange, BadFlags, UnknownCode
from almanac.frames import Frame, MessageType
from almanac.reader import Reader, whole
from almanac.windows import Window, read_window
from almanac.writer import Writer

Message = (
    hello.ClientHello
    | hello.ServerHello
    | enrolment.Enrol
    | enrolment.Enrolled
    | enrolment.Renew
    | enrolment.DelegationChainAnswer
    | pull.Pull
    | pull.Outline
    | pull.Complete
    | pull.Reached
    | Window
    | push.Push
    | push.Receipts
    | control.Cancel
    | control.ChainRequest
    | control.Ping
    | control.Pong
    | control.GoingAway
    | control.ErrorMessage
)


@dataclass(frozen=True, slots=True)
class _Kind:
    """How a message type is read and written; windows are not written."""

    made: type
    read: Callable[[Reader], Any]
    write: Callable[[Writer, Any], None] | None


def _nothing(_writer: Writer, _message: object) -> None:
    return None


_KINDS: dict[MessageType, _Kind] = {
    MessageType.CLIENT_HELLO: _Kind(hello.ClientHello, hello.read_client_hello, hello.write_client_hello),
    MessageType.SERVER_HELLO: _Kind(hello.ServerHello, hello.read_server_hello, hello.write_server_hello),
    MessageType.ENROL: _Kind(enrolment.Enrol, enrolment.read_enrol, enrolment.write_enrol),
    MessageType.ENROLLED: _Kind(enrolment.Enrolled, enrolment.read_enrolled, enrolment.write_enrolled),
    MessageType.RENEW: _Kind(enrolment.Renew, enrolment.read_renew, enrolment.write_renew),
    MessageType.PULL: _Kind(pull.Pull, pull.read_pull, pull.write_pull),
    MessageType.OUTLINE: _Kind(pull.Outline, pull.read_outline, pull.write_outline),
    MessageType.WINDOW: _Kind(Window, read_window, None),
    MessageType.COMPLETE: _Kind(pull.Complete, pull.read_complete, pull.write_end),
    MessageType.REACHED: _Kind(pull.Reached, pull.read_reached, pull.write_end),
    MessageType.PUSH: _Kind(push.Push, push.read_push, push.write_push),
    MessageType.RECEIPTS: _Kind(push.Receipts, push.read_receipts, push.write_receipts),
    MessageType.CANCEL: _Kind(control.Cancel, lambda _reader: control.Cancel(), _nothing),
    MessageType.CHAIN_REQUEST: _Kind(control.ChainRequest, lambda _reader: control.ChainRequest(), _nothing),
    MessageType.DELEGATION_CHAIN: _Kind(
        enrolment.DelegationChainAnswer, enrolment.read_delegation_chain, enrolment.write_delegation_chain
    ),
    MessageType.PING: _Kind(control.Ping, control.read_ping, control.write_echo),
    MessageType.PONG: _Kind(control.Pong, control.read_pong, control.write_echo),
    MessageType.GOING_AWAY: _Kind(control.GoingAway, control.read_going_away, control.write_going_away),
    MessageType.ERROR: _Kind(control.ErrorMessage, control.read_error, control.write_error),
}

_CONNECTION = {
    MessageType.CLIENT_HELLO,
    MessageType.SERVER_HELLO,
    MessageType.PING,
    MessageType.PONG,
    MessageType.GOING_AWAY,
}
_NOT_LAST = _CONNECTION | {MessageType.OUTLINE, MessageType.WINDOW, MessageType.REACHED}


def _check_place(message_type: MessageType, last: bool, exchange: int) -> None:
    """Refuses a message on an exchange, or with a flag, that it does not have."""
    if message_type is not MessageType.ERROR and (message_type in _CONNECTION) != (exchange == 0):
        raise BadExchange(f"{message_type.name} does not stand on exchange {exchange}")
    if last == (message_type in _NOT_LAST):
        raise BadFlags(f"{message_type.name} {'has not' if last else 'has'} the flag last")


def decode_message(frame: Frame) -> Message:
    """The message in a frame."""
    _check_place(frame.type, frame.last, frame.exchange)
    return whole(frame.payload, _KINDS[frame.type].read)


def encode_message(message: Message, exchange: int) -> Frame:
    """The frame of a message on an exchange."""
    for message_type, kind in _KINDS.items():
        if isinstance(message, kind.made) and kind.write is not None:
            last = message_type not in _NOT_LAST
            _check_place(message_type, last, exchange)
            writer = Writer()
            kind.write(writer, message)
            return Frame(message_type, last, exchange, writer.data)
    raise UnknownCode(f"{type(message).__name__} is not a message that this package encodes")
