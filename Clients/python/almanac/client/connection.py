"""A connection: TLS 1.3, frames, and the small talk that needs no answer from above."""

from __future__ import annotations

import socket
import ssl
from collections import deque

from almanac import caps
from almanac.client.tls import ALPN
from almanac.control import ErrorCode, ErrorMessage, GoingAway, Ping, Pong, Retry
from almanac.errors import TooLarge, WireError
from almanac.failures import Failure, NotAllowed, Offline, VersionsDiffer
from almanac.frames import HEADER, DroppedFrame, Frame, Side, decode_frame, decode_header, encode_frame
from almanac.hello import ClientHello, ServerHello, Versions
from almanac.messages import Message, decode_message, encode_message

SOFTWARE = "almanac-python/0.1.0"
VERSIONS = Versions(1, 1)
PATIENCE_SECONDS = 60
SILENCE_SECONDS = 30
"""After so long a silence the server is asked whether it is there, and has as long to answer."""
ASIDE_BYTES = 16_777_216
"""What may come of other exchanges while the answer of one is waited for."""


class ServerError(Failure):
    """The server says that a request fails."""

    def __init__(self, message: ErrorMessage) -> None:
        super().__init__(f"The server says: {visible_sentence(message.sentence)}")
        self.message = message
        if message.code in (ErrorCode.NOT_ALLOWED, ErrorCode.INVITATION_INVALID):
            self.exit_status, self.kind = NotAllowed.exit_status, NotAllowed.kind
        elif message.code == ErrorCode.VERSION_UNSUPPORTED:
            self.exit_status, self.kind = VersionsDiffer.exit_status, VersionsDiffer.kind
        elif message.retry is not Retry.NOT_LIKE_THIS or message.code == ErrorCode.GOING_AWAY:
            self.exit_status, self.kind = Offline.exit_status, Offline.kind


def visible_sentence(text: str) -> str:
    """A peer's sentence, without what a terminal would obey."""
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)


class Connection:
    """A connection to a server. `received` counts the bytes of frames, `payload` is that of the last message; `is_leaving` says
    that the server has announced its end.
    """

    def __init__(self, host: str, port: int, tls: ssl.SSLContext) -> None:
        self.received = 0
        self.payload = b""
        self.hello: ServerHello | None = None
        self.is_leaving = False
        self._aside: deque[tuple[int, Message, bytes]] = deque()
        self._where = f"{host}:{port}"
        try:
            plain = socket.create_connection((host, port), timeout=PATIENCE_SECONDS)
        except OSError as error:
            raise Offline(f"{self._where} cannot be reached: {error.strerror or error}. Nothing is lost; try again") from None
        try:
            self._socket = tls.wrap_socket(plain, suppress_ragged_eofs=False)
        except ssl.SSLCertVerificationError:
            plain.close()
            raise
        except (OSError, ssl.SSLError) as error:
            plain.close()
            raise Offline(f"No TLS 1.3 with {self._where}: {error}") from None
        if self._socket.selected_alpn_protocol() != ALPN:
            self.close()
            raise VersionsDiffer(f"{self._where} does not speak {ALPN}")

    def __enter__(self) -> Connection:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Says close_notify, without waiting for the other side's."""
        try:
            self._socket.settimeout(1)
            self._socket.unwrap().close()
        except (OSError, ValueError):
            self._socket.close()

    def greet(self, hello: ClientHello) -> ServerHello:
        """Both hellos."""
        self.send(hello, 0)
        _, message = self.receive()
        if not isinstance(message, ServerHello):
            raise Failure(f"{self._where} broke the protocol: its first message is {type(message).__name__}")
        if not message.versions.lowest <= VERSIONS.highest <= message.versions.highest:
            raise VersionsDiffer(f"{self._where} speaks versions {message.versions.lowest} to {message.versions.highest}, not 1")
        self.hello = message
        self._socket.settimeout(SILENCE_SECONDS)
        return message

    def send(self, message: Message, exchange: int) -> None:
        """Sends a message whole."""
        try:
            self._socket.sendall(encode_frame(encode_message(message, exchange)))
        except OSError as error:
            raise self._cut(error) from None

    def receive(self) -> tuple[int, Message]:
        """The next message that is not small talk, and its exchange. An error that ends the connection is raised."""
        if self._aside:
            exchange, message, self.payload = self._aside.popleft()
            return exchange, message
        return self._receive()

    def answer(self, exchange: int) -> Message:
        """The next message of one exchange. What comes of others meanwhile is kept for `receive`."""
        size = 0
        while True:
            answered, message = self._receive()
            if answered == exchange:
                return message
            size += HEADER + len(self.payload)
            if size > ASIDE_BYTES:
                raise Offline(f"{self._where} does not answer, and sends other things. Nothing is lost; try again")
            self._aside.append((answered, message, self.payload))

    def _receive(self) -> tuple[int, Message]:
        while True:
            frame = self._frame()
            if isinstance(frame, DroppedFrame):
                continue
            try:
                message, self.payload = decode_message(frame), frame.payload
            except WireError as error:
                raise self._broken(error) from None
            match message:
                case Ping():
                    self.send(Pong(message.content), 0)
                case Pong():
                    continue
                case GoingAway():
                    self.is_leaving = True
                case ErrorMessage() if frame.exchange == 0:
                    raise ServerError(message)
                case _:
                    return frame.exchange, message

    def _frame(self) -> Frame | DroppedFrame:
        head = self._exactly(HEADER)
        try:
            header = decode_header(head, Side.SERVER)
            if self.hello is None and header.length > caps.FRAME_BEFORE_HELLO:
                raise TooLarge(f"a frame of {header.length} bytes before the hello")
            frame, _ = decode_frame(head + self._exactly(header.length), Side.SERVER)
        except WireError as error:
            raise self._broken(error) from None
        return frame

    def _exactly(self, count: int) -> bytes:
        data = bytearray()
        is_asked = False
        while len(data) < count:
            try:
                piece = self._socket.recv(count - len(data))
            except TimeoutError:
                if is_asked or self.hello is None:
                    raise Offline(f"{self._where} is silent. Nothing is lost; try again") from None
                is_asked = True
                self.send(Ping(bytes(8)), 0)
                continue
            except OSError as error:
                raise self._cut(error) from None
            if not piece:
                raise Offline(f"{self._where} ended the connection. Nothing is lost; try again")
            data += piece
            is_asked = False
        self.received += count
        return bytes(data)

    def _cut(self, error: OSError) -> Failure:
        reason = getattr(error, "reason", "") or ""
        if "ALERT" in reason and "CERTIFICATE" in reason:
            return NotAllowed(f"{self._where} does not accept this device's certificate ({reason})")
        return Offline(f"The connection to {self._where} was cut ({error}). Nothing is lost; try again")

    def _broken(self, error: WireError) -> Failure:
        return Failure(f"{self._where} broke the protocol: {error.reason}")
