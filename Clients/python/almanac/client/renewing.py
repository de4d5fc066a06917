"""A certificate is renewed when two thirds of its life are over (section 11, *renew*)."""

from __future__ import annotations

import time

from almanac.client.clock import now_milliseconds
from almanac.client.connection import Connection
from almanac.client.context import Context, Settings
from almanac.client.enrolling import keep_certificates
from almanac.client.openssl import make_request, validity
from almanac.control import ErrorMessage
from almanac.enrolment import Enrolled, Renew
from almanac.failures import Failure
from almanac.trust import check_chain


def is_due(certificate: bytes, now: float) -> bool:
    """Whether two thirds of the life of a certificate (PEM) are over; `now` is in seconds since 1970."""
    return now >= due_time(certificate)


def due_time(certificate: bytes) -> float:
    """When two thirds of the life of a certificate (PEM) are over, in seconds since 1970."""
    starts, ends = validity(certificate)
    return starts + (ends - starts) * 2 / 3


def renew_if_due(connection: Connection, exchange: int, context: Context, settings: Settings) -> bool:
    """Whether this device has a new certificate for its key. A server that refuses is asked again at the next sync."""
    if not is_due(context.certificates_path.read_bytes(), time.time()):
        return False
    connection.send(Renew(make_request(str(context.key_path))), exchange)
    message = connection.answer(exchange)
    if isinstance(message, ErrorMessage):
        return False
    if not isinstance(message, Enrolled):
        raise Failure(f"The server answers a renewal by {type(message).__name__}")
    trust = check_chain(message.chain, bytes.fromhex(settings.pin), now_milliseconds(), context.trust())
    keep_certificates(context, message)
    context.write_trust(trust)
    return True
