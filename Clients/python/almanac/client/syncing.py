"""Brings the local copy to the authority's state, and proves it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from almanac.client.clock import now_milliseconds
from almanac.client.connection import ServerError
from almanac.client.context import Context
from almanac.client.judging import judge, remember
from almanac.client.lock import locked
from almanac.client.planning import delta_purpose, full_purpose
from almanac.client.pulling import Pulling
from almanac.client.renewing import renew_if_due
from almanac.client.session import Progress, Session, connected, greeted, judge_hello, learn_delegation
from almanac.client.spool import Purpose, Spool
from almanac.control import ErrorCode, ErrorMessage
from almanac.errors import WireError
from almanac.failures import Failure, Misfit, NotProven, Usage
from almanac.merkle import Proof
from almanac.pull import Complete, Outline
from almanac.replica.replica import Proven, apply_delta, build
from almanac.streams import check_pattern
from almanac.windows import Window

_START_AGAIN = (ErrorCode.EPOCH_MISMATCH, ErrorCode.BASE_TOO_OLD, ErrorCode.STREAM_UNKNOWN)


@dataclass(frozen=True, slots=True)
class Synced:
    """What a sync has done. `before` is the sequence of the replica before it, 0 if there was none."""

    name: str
    before: int
    sequence: int
    records: int
    streams: int
    received: int
    full: bool


def sync(
    context: Context, streams: tuple[str, ...] | None = None, full: bool = False, progress: Progress = lambda *_: None
) -> Synced:
    """Syncs the context's replica. `streams` are patterns that hold from now on; `full` fetches everything again."""
    context.settings()
    with locked(context.lock_path):
        context.check_files()
        if streams is not None:
            context.subscribe(tuple(_checked_patterns(streams)))
        settings = context.settings()
        with connected(context, settings) as connection:
            hello = greeted(connection, context, settings)
            session = Session(context, settings, connection, hello, progress)
            judge_hello(session)
            renew_if_due(connection, session.next_exchange(), context, settings)
            return _synced(session, full)


def _checked_patterns(streams: tuple[str, ...]) -> list[str]:
    for pattern in streams:
        try:
            check_pattern(pattern)
        except WireError as error:
            raise Usage(f"{pattern!r} is no stream and no pattern: {error.reason}") from None
    return sorted(set(streams))


def _synced(session: Session, full: bool) -> Synced:
    """A delta if there is something to build on; a full copy if that does not fit; a fresh one if what was resumed does not."""
    whole = full_purpose(session)
    purpose = whole if full else delta_purpose(session)
    while True:
        is_fresh = purpose == whole and Spool(session.context.spool_path).purpose() != whole
        try:
            return _run(session, purpose)
        except Misfit as error:
            if is_fresh:
                raise NotProven(f"A full copy is not what the authority signed: {error}. Tell its operator") from None
            purpose = whole


def _run(session: Session, purpose: Purpose) -> Synced:
    """One pull, from what the spool has of it to the end. `Misfit` leaves the replica as it was and the spool empty."""
    spool = Spool(session.context.spool_path)
    if spool.purpose() != purpose:
        spool.begin(purpose)
    try:
        pulling = Pulling.resumed(purpose, spool.windows())
        complete, proofs = _pull(session, pulling, spool)
        proven = _proven(session, complete, proofs)
        synced = _applied(session, purpose, spool, proven)
    except Misfit:
        spool.discard()
        raise
    spool.discard()
    return synced


def _pull(session: Session, pulling: Pulling, spool: Spool) -> tuple[Complete, dict[str, Proof | None]]:
    """Receives the rest of a pull into the spool."""
    exchange = session.next_exchange()
    connection = session.connection
    connection.send(pulling.request, exchange)
    while True:
        answered, message = connection.receive()
        if answered != exchange:
            raise Failure(f"The server answers exchange {answered}, which is not open")
        try:
            match message:
                case Outline():
                    pulling.take_outline(message)
                case Window():
                    pulling.take_window(message)
                    spool.append(connection.payload)
                    session.progress(pulling.record_count, connection.received)
                case Complete():
                    return message, pulling.take_complete(message)
                case ErrorMessage():
                    raise _pull_failure(message, pulling)
                case _:
                    raise Failure(f"The server answers a pull by {type(message).__name__}")
        except WireError as error:
            raise Failure(f"The server broke the protocol: {error.reason}") from None


def _pull_failure(message: ErrorMessage, pulling: Pulling) -> Exception:
    """A pull that named anything may begin from nothing; one that did not has failed."""
    if message.code in _START_AGAIN and pulling.request.streams:
        return Misfit(message.sentence)
    return ServerError(message)


def _proven(session: Session, complete: Complete, proofs: dict[str, Proof | None]) -> Proven:
    """Checks the signature and the paths, and remembers the checkpoint."""
    learn_delegation(session, complete.checkpoint.statement.delegation)
    trust = session.context.trust()
    statement = judge(complete.checkpoint, trust, session.context)
    if statement.epoch != session.hello.epoch:
        raise NotProven(f"A checkpoint of epoch {statement.epoch}; the server's is {session.hello.epoch}")
    for name, proof in proofs.items():
        if proof is not None and proof.root(name) != statement.root:
            raise NotProven(f"The server's proof for {name} does not lead to the root that the authority signed")
    remember(complete.checkpoint, session.context)
    return Proven(complete.checkpoint, trust.chain, proofs, now_milliseconds())


def _applied(session: Session, purpose: Purpose, spool: Spool, proven: Proven) -> Synced:
    path = session.context.replica_path
    try:
        if purpose.base > 0:
            records = apply_delta(path, spool.windows(), proven)
        else:
            records = build(path, spool.windows(), proven)
    except sqlite3.OperationalError as error:
        raise Failure(f"{path} cannot be written: {error}. Nothing is lost; try again") from None
    except (WireError, sqlite3.DatabaseError) as error:
        raise Misfit(str(error)) from None
    return Synced(
        name=session.settings.name,
        before=purpose.base,
        sequence=proven.cursor.sequence,
        records=records,
        streams=len(proven.proofs),
        received=session.connection.received,
        full=purpose.base == 0,
    )
