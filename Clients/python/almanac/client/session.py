"""A connection with full access, whose server has been found to be one of the authority."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from dataclasses import dataclass

from almanac.client.clock import now_milliseconds
from almanac.client.connection import SOFTWARE, VERSIONS, Connection, ServerError
from almanac.client.context import Context, Settings
from almanac.client.enrolling import look_at_chain
from almanac.client.judging import judge
from almanac.client.tls import verified
from almanac.control import ChainRequest, ErrorMessage
from almanac.enrolment import DelegationChainAnswer
from almanac.failures import Failure, NotAllowed, NotProven
from almanac.hello import Access, ClientHello, ServerHello
from almanac.trust import check_chain

Progress = Callable[[int, int], None]
"""Called with the entries that were received and the bytes that the connection has brought."""


@dataclass(slots=True)
class Session:
    """A connection with full access, and what it is used for."""

    context: Context
    settings: Settings
    connection: Connection
    hello: ServerHello
    progress: Progress
    exchange: int = 0

    def next_exchange(self) -> int:
        """An id that no exchange of this connection has used."""
        self.exchange += 1
        return self.exchange


def connected(context: Context, settings: Settings) -> Connection:
    """A connection to a server of the authority; if that has certificates which are not known yet, the chain is asked for."""
    try:
        return _connect(context, settings)
    except ssl.SSLCertVerificationError:
        trust, _ = look_at_chain(settings.host, settings.port, bytes.fromhex(settings.pin), context.trust())
        context.write_trust(trust)
    try:
        return _connect(context, settings)
    except ssl.SSLCertVerificationError as error:
        raise NotProven(f"The server is not one of this authority: {error.verify_message}") from None


def _connect(context: Context, settings: Settings) -> Connection:
    try:
        tls = verified(context.trust().certificate_authority, context.certificates_path, context.key_path)
    except (OSError, ssl.SSLError) as error:
        raise NotAllowed(f"This device's key or certificate cannot be used: {error}. Enrol again") from None
    return Connection(settings.host, settings.port, tls)


def greeted(connection: Connection, context: Context, settings: Settings) -> ServerHello:
    """The server's hello, if it is one of the dataset with full access."""
    hello = connection.greet(ClientHello(VERSIONS, SOFTWARE, (), context.dataset(), context.highest_checkpoint()))
    if str(hello.dataset) != settings.dataset:
        raise NotProven(f"Another dataset lives there: {hello.dataset} instead of {settings.dataset}")
    if hello.access is not Access.FULL:
        raise NotAllowed("This device's certificate has expired. Ask for an invitation and enrol again")
    return hello


def judge_hello(session: Session) -> None:
    """Refuses a server whose newest checkpoint contradicts what this device has verified before."""
    if session.hello.checkpoint is not None:
        learn_delegation(session, session.hello.checkpoint.statement.delegation)
        judge(session.hello.checkpoint, session.context.trust(), session.context)


def learn_delegation(session: Session, number: int) -> None:
    """Asks for the delegation chain if a checkpoint names a newer one than is known, or if the known one is not valid now."""
    known = session.context.trust()
    if number <= known.checkpoint_number and known.is_valid(now_milliseconds()):
        return
    exchange = session.next_exchange()
    session.connection.send(ChainRequest(), exchange)
    message = session.connection.answer(exchange)
    if isinstance(message, ErrorMessage):
        raise ServerError(message)
    if not isinstance(message, DelegationChainAnswer):
        raise Failure(f"The server answers a chain_request by {type(message).__name__}")
    pin = bytes.fromhex(session.settings.pin)
    session.context.write_trust(check_chain(message.chain, pin, now_milliseconds(), known))
