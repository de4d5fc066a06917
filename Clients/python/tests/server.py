"""A server in a thread, on the loopback address: honest unless a test meddles with what it sends."""

from __future__ import annotations

import hashlib
import select
import socket
import ssl
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from almanac.client.link import Invitation
from almanac.control import ChainRequest, ErrorCode, ErrorMessage, Fault, GoingAway, Ping, Pong, Retry
from almanac.enrolment import DelegationChainAnswer, Enrol, Enrolled, Renew, Role
from almanac.frames import HEADER, Frame, Side, decode_frame, decode_header, encode_frame
from almanac.hello import Access, ClientHello, ServerHello, Versions
from almanac.messages import Message, decode_message, encode_message
from almanac.pull import Pull
from tests.authority import DATASET, Authority
from tests.certificates import Certificates

SECRET = bytes(range(16))
Meddle = Callable[[list[Frame]], Sequence[Frame | bytes]]
"""What becomes of the frames of an answer: others, raw bytes, or fewer, after which the connection is cut."""


@dataclass
class Follower:
    """A pull that goes on, as it is after its last step."""

    pull: Pull
    exchange: int


class Server:
    """Serves an authority. `messages` are those that came, in their order; `meddle` changes answers on the way."""

    def __init__(self, authority: Authority, certificates: Certificates) -> None:
        self.authority = authority
        self.messages: list[Message] = []
        self.meddle: Meddle | None = None
        self.knows_following = True
        self._pushes: deque[Callable[[Follower], list[Frame]]] = deque()
        self.tls = certificates.server_context()
        self._certificates = certificates
        self._issued: dict[bytes, bytes] = {}
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    @property
    def invitation(self) -> Invitation:
        """An invitation to this server."""
        return Invitation("127.0.0.1", self.port, SECRET, hashlib.sha256(self.authority.root_key).digest())

    @property
    def pulls(self) -> list[Pull]:
        """The pulls that came."""
        return [message for message in self.messages if isinstance(message, Pull)]

    def push(self) -> None:
        """Tells the follower of the new head."""
        self._pushes.append(self._step)

    def say(self, *messages: Message) -> None:
        """Sends the follower these messages on its exchange, and those of the connection on exchange 0."""

        def frames(follower: Follower) -> list[Frame]:
            return [encode_message(each, 0 if isinstance(each, GoingAway) else follower.exchange) for each in messages]

        self._pushes.append(frames)

    def cut(self) -> None:
        """Cuts the follower's connection."""
        self._pushes.append(lambda _follower: [])

    def stop(self) -> None:
        """Ends the thread."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._listener.close()

    def _serve(self) -> None:
        while True:
            try:
                plain, _ = self._listener.accept()
            except OSError:
                return
            plain.settimeout(20)
            with plain:
                try:
                    with self.tls.wrap_socket(plain, server_side=True) as connection:
                        self._talk(connection)
                except OSError:
                    continue

    def _talk(self, connection: ssl.SSLSocket) -> None:
        is_known = connection.getpeercert(binary_form=True) is not None
        self.follower: Follower | None = None
        self._send(connection, [encode_message(self._hello(is_known), 0)])
        while self._waits(connection):
            frame = _receive(connection)
            if frame is None:
                break
            message = decode_message(frame)
            self.messages.append(message)
            if not isinstance(message, ClientHello) and not self._send(connection, self._answer(message, frame.exchange)):
                break
        connection.unwrap()

    def _waits(self, connection: ssl.SSLSocket) -> bool:
        """Waits for something to read, and pushes meanwhile; false where the connection is to be cut."""
        while not connection.pending() and not select.select([connection], [], [], 0.01)[0]:
            if self.follower is not None and self._pushes:
                frames = self._pushes.popleft()(self.follower)
                if not frames or not self._send(connection, frames):
                    return False
        return True

    def _step(self, follower: Follower) -> list[Frame]:
        with self.authority.lock:
            frames = self.authority.answer(follower.pull, follower.exchange, goes_on=True)
            follower.pull = self.authority.after(follower.pull)
        return frames

    def _hello(self, is_known: bool) -> ServerHello:
        access, chain = (Access.FULL, None) if is_known else (Access.ENROL, self.authority.delegations)
        checkpoint = self.authority.checkpoint() if is_known else None
        return ServerHello(Versions(1, 1), "test", (), DATASET, self.authority.epoch, "Test", access, chain, checkpoint)

    def _answer(self, message: Message, exchange: int) -> list[Frame]:
        match message:
            case Enrol() | Renew():
                certificate = self._issued.setdefault(message.request, self._certificates.sign_request(message.request))
                enrolled = Enrolled((certificate, self._certificates.authority), "Lea", Role.READER, self.authority.delegations)
                return [encode_message(enrolled, exchange)]
            case ChainRequest():
                return [encode_message(DelegationChainAnswer(self.authority.delegations), exchange)]
            case Pull() if message.epoch not in (0, self.authority.epoch):
                error = ErrorMessage(ErrorCode.EPOCH_MISMATCH, Fault.RECEIVER, Retry.NOT_LIKE_THIS, 0, "another epoch")
                return [encode_message(error, exchange)]
            case Pull() if message.follows and self.knows_following:
                self.follower = Follower(message, exchange)
                return self._step(self.follower)
            case Pull():
                return self.authority.answer(message, exchange)
            case Ping():
                return [encode_message(Pong(message.content), 0)]
        return []

    def _send(self, connection: ssl.SSLSocket, frames: list[Frame]) -> bool:
        """Whether everything was sent, and the connection goes on."""
        changed = frames if self.meddle is None or not self.messages else self.meddle(frames)
        for frame in changed:
            connection.sendall(frame if isinstance(frame, bytes) else encode_frame(frame))
        return len(changed) >= len(frames)


def _receive(connection: ssl.SSLSocket) -> Frame | None:
    head = _exactly(connection, HEADER)
    if head is None:
        return None
    body = _exactly(connection, decode_header(head, Side.CLIENT).length)
    frame, _ = decode_frame(head + (body or b""), Side.CLIENT)
    return frame if isinstance(frame, Frame) else None


def _exactly(connection: ssl.SSLSocket, count: int) -> bytes | None:
    data = b""
    while len(data) < count:
        piece = connection.recv(count - len(data))
        if not piece:
            return None
        data += piece
    return data
