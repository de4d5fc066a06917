"""Enrolment (section 11): the pin is checked before the secret is sent."""

from __future__ import annotations

import platform
import ssl
from dataclasses import dataclass

from almanac.client.clock import now_milliseconds
from almanac.client.connection import SOFTWARE, VERSIONS, Connection, ServerError
from almanac.client.context import Context, Settings
from almanac.client.contexts import context_name, named_context, prepare_folder
from almanac.client.link import Invitation
from almanac.client.lock import locked
from almanac.client.openssl import make_key, make_request
from almanac.client.tls import unverified, verified
from almanac.control import ErrorMessage
from almanac.enrolment import Enrol, Enrolled
from almanac.failures import Failure, NotProven, Usage
from almanac.files import check_private, write_private
from almanac.hello import Access, ClientHello, ServerHello
from almanac.trust import Trust, check_chain

_EXCHANGE = 1


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A context that is ready."""

    context: Context
    settings: Settings


def anonymous_hello() -> ClientHello:
    """What a client says that has no certificate."""
    return ClientHello(VERSIONS, SOFTWARE, (), None, None)


def look_at_chain(host: str, port: int, pin: bytes, known: Trust | None = None) -> tuple[Trust, str]:
    """The delegations that a server shows, checked against the pin, and the dataset's name. Says nothing but a hello."""
    with Connection(host, port, unverified()) as connection:
        hello = connection.greet(anonymous_hello())
    return _checked(hello, pin, known), hello.name


def _checked(hello: ServerHello, pin: bytes, known: Trust | None) -> Trust:
    if hello.chain is None or hello.access is not Access.ENROL:
        raise NotProven("The server shows no delegations to a client without a certificate")
    trust = check_chain(hello.chain, pin, now_milliseconds(), known)
    if trust.dataset != hello.dataset:
        raise NotProven("The server's delegations are of another dataset than its hello")
    return trust


def enrol(invitation: Invitation, chosen: str | None = None, device: str | None = None) -> Enrolment:
    """Makes this device known to the authority, once its root is the pinned one.

    `chosen` is the context's name or folder, otherwise the dataset's name. What a cut leaves behind, the same link goes on with:
    the key is kept, and the same secret with the same key gives the same certificate.
    """
    trust, name = look_at_chain(invitation.host, invitation.port, invitation.pin)
    context = named_context(chosen or context_name(name))
    prepare_folder(context)
    with locked(context.lock_path):
        if context.is_enrolled:
            raise Usage(f"{context.folder} is a context already. Say another: --context NAME")
        _keep_key(context)
        enrolled, trust = _ask(invitation, context, trust, device or platform.node() or "device")
        keep_certificates(context, enrolled)
        context.write_trust(trust)
        settings = Settings(
            host=invitation.host,
            port=invitation.port,
            pin=invitation.pin.hex(),
            dataset=str(trust.dataset),
            name=name,
            person=enrolled.person,
            device=device or platform.node() or "device",
        )
        context.write_settings(settings)
    return Enrolment(context, settings)


def _keep_key(context: Context) -> None:
    if not context.key_path.exists():
        write_private(context.key_path, make_key())
    check_private(context.key_path)


def _ask(invitation: Invitation, context: Context, trust: Trust, device: str) -> tuple[Enrolled, Trust]:
    """Sends the secret to a server of the authority that the pinned root vouches for."""
    request = make_request(str(context.key_path))
    try:
        connection = Connection(invitation.host, invitation.port, verified(trust.certificate_authority))
    except ssl.SSLCertVerificationError as error:
        raise NotProven(f"The server is not one of this authority: {error.verify_message}. The secret was not sent") from None
    with connection:
        again = _checked(connection.greet(anonymous_hello()), invitation.pin, trust)
        connection.send(Enrol(invitation.secret, request, device.encode()[:64].decode(errors="ignore")), _EXCHANGE)
        exchange, message = connection.receive()
    if isinstance(message, ErrorMessage):
        raise ServerError(message)
    if exchange != _EXCHANGE or not isinstance(message, Enrolled):
        raise Failure(f"The server answers an enrolment by {type(message).__name__}")
    return message, check_chain(message.chain, invitation.pin, now_milliseconds(), again)


def keep_certificates(context: Context, enrolled: Enrolled) -> None:
    """Keeps the certificates, if the first is one for the key."""
    pem = "".join(ssl.DER_cert_to_PEM_cert(certificate) for certificate in enrolled.certificates)
    new = context.certificates_path.with_name(context.certificates_path.name + ".offered")
    write_private(new, pem.encode())
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_cert_chain(new, context.key_path)
    except ssl.SSLError as error:
        raise Failure(f"The authority's certificate is not one for this device's key: {error.reason}") from None
    finally:
        new.unlink()
    write_private(context.certificates_path, pem.encode())
