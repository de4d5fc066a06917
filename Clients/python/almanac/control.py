"""The small messages: cancel, chain_request, ping, pong, going_away (section 9) and error (section 15)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from almanac import caps
from almanac.errors import Inconsistent
from almanac.extensions import Extensions, read_extensions, write_extensions
from almanac.reader import Reader
from almanac.writer import Writer


class ErrorCode(IntEnum):
    """The error codes of version 1. Another code is treated by its fault and retry alone."""

    PROTOCOL_VIOLATION = 1
    TOO_LARGE = 2
    UNKNOWN_MESSAGE = 3
    VERSION_UNSUPPORTED = 4
    WRONG_DATASET = 5
    NOT_ALLOWED = 6
    INVITATION_INVALID = 7
    REQUEST_INVALID = 8
    STREAM_UNKNOWN = 9
    BEHIND = 10
    EPOCH_MISMATCH = 11
    BASE_TOO_OLD = 12
    CANCELLED = 13
    BUSY = 14
    TIMED_OUT = 15
    INTERNAL = 16
    GOING_AWAY = 17


class Fault(IntEnum):
    """Whose fault an error is."""

    RECEIVER = 1
    SENDER = 2
    NOBODY = 3


class Retry(IntEnum):
    """Whether the request makes sense again."""

    NOT_LIKE_THIS = 0
    HERE_AFTER_A_WHILE = 1
    AT_ANOTHER_SERVER = 2


@dataclass(frozen=True, slots=True)
class Cancel:
    """The client does not want the answer any more."""


@dataclass(frozen=True, slots=True)
class ChainRequest:
    """The client asks for the delegation chain."""


@dataclass(frozen=True, slots=True)
class Ping:
    """Eight bytes, to be repeated."""

    content: bytes


@dataclass(frozen=True, slots=True)
class Pong:
    """The eight bytes of a ping."""

    content: bytes


@dataclass(frozen=True, slots=True)
class GoingAway:
    """The sender accepts no new exchange, finishes those that are open, then closes."""

    sentence: str
    extensions: Extensions = ()


@dataclass(frozen=True, slots=True)
class ErrorMessage:
    """What failed; `after` is in milliseconds. A code of a later version stands as a number."""

    code: ErrorCode | int
    fault: Fault
    retry: Retry
    after: int
    sentence: str
    extensions: Extensions = ()


def read_ping(reader: Reader) -> Ping:
    """The payload of a ping."""
    return Ping(reader.fixed(8))


def read_pong(reader: Reader) -> Pong:
    """The payload of a pong."""
    return Pong(reader.fixed(8))


def write_echo(writer: Writer, message: Ping | Pong) -> None:
    """The payload of a ping or a pong."""
    writer.fixed(message.content, 8)


def read_going_away(reader: Reader) -> GoingAway:
    """The payload of a going_away."""
    return GoingAway(reader.text(caps.SENTENCE, "sentence"), read_extensions(reader))


def write_going_away(writer: Writer, message: GoingAway) -> None:
    """The payload of a going_away."""
    writer.text(message.sentence, caps.SENTENCE, "sentence")
    write_extensions(writer, message.extensions)


def read_error(reader: Reader) -> ErrorMessage:
    """The payload of an error."""
    code = reader.varint()
    message = ErrorMessage(
        code=ErrorCode(code) if code in set(ErrorCode) else code,
        fault=Fault(reader.code(range(1, 4), "fault")),
        retry=Retry(reader.code(range(3), "retry")),
        after=reader.varint(),
        sentence=reader.text(caps.SENTENCE, "sentence"),
        extensions=read_extensions(reader),
    )
    _check_after(message)
    return message


def _check_after(message: ErrorMessage) -> None:
    if message.after and message.retry is not Retry.HERE_AFTER_A_WHILE:
        raise Inconsistent("after is 0 unless retry is 1")


def write_error(writer: Writer, message: ErrorMessage) -> None:
    """The payload of an error."""
    _check_after(message)
    writer.varint(int(message.code))
    writer.u8(message.fault.value)
    writer.u8(message.retry.value)
    writer.varint(message.after)
    writer.text(message.sentence, caps.SENTENCE, "sentence")
    write_extensions(writer, message.extensions)
