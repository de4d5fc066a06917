"""One pull on a connection: received, proven and applied, step after step."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

from almanac.chain import Commit, Header, chain_after
from almanac.client.clock import now_milliseconds
from almanac.client.connection import ServerError
from almanac.client.judging import judge, remember
from almanac.client.pulling import Pulling
from almanac.client.session import Session, learn_delegation
from almanac.client.spool import Purpose, Spool
from almanac.control import ErrorCode, ErrorMessage
from almanac.errors import WireError
from almanac.failures import Failure, InUse, Misfit, NotProven, Outdated
from almanac.merkle import Proof
from almanac.pull import Complete, Outline, Reached
from almanac.replica.replica import Proven, apply_delta, build, connect
from almanac.replica.state import read_cursor
from almanac.windows import Window

_START_AGAIN = (ErrorCode.EPOCH_MISMATCH, ErrorCode.BASE_TOO_OLD, ErrorCode.STREAM_UNKNOWN)


@dataclass(frozen=True, slots=True)
class Synced:
    """What a sync has done, or a step of one. `before` is the sequence of the replica before it, 0 if there was none; `is_last`
    says that the pull ended with it, `is_renewal` that nothing but a newer signature came, of the state that the replica had from this
    pull. `commit` is what came, where it was one commit whose streams may all be read.
    """

    name: str
    before: int
    sequence: int
    records: int
    streams: int
    received: int
    full: bool
    is_last: bool
    commit: Header | None = None
    is_renewal: bool = False


def steps(session: Session, purpose: Purpose, follows: bool = False) -> Iterator[Synced]:
    """A pull, from what the spool has of it to its end: each state that it reaches, after the replica has it.

    One that does not follow reaches one state. `Misfit` leaves the replica as it was and the spool empty.
    """
    spool = Spool(session.context.spool_path)
    if spool.purpose() != purpose:
        spool.begin(purpose)
    pulling = Pulling.resumed(purpose, spool.windows(), follows)
    exchange, counted, reached = session.next_exchange(), 0, ()
    session.connection.send(pulling.request, exchange)
    while True:
        try:
            end, proofs = _received(session, exchange, pulling, spool)
            proven = _proven(session, end, proofs)
            commit = _commit(session, pulling.purpose, end)
            records = _applied(session, pulling.purpose, spool, proven)
        except Misfit:
            spool.discard()
            raise
        spool.discard()
        received, counted = session.connection.received - counted, session.connection.received
        base = pulling.purpose.base
        before, reached = reached, (proven.cursor.sequence, *proofs)
        yield Synced(
            name=session.settings.name,
            before=base,
            sequence=proven.cursor.sequence,
            records=records,
            streams=len(proofs),
            received=received,
            full=base == 0,
            is_last=isinstance(end, Complete),
            commit=commit,
            is_renewal=before == reached,
        )
        if not isinstance(end, Reached):
            return
        pulling = pulling.after(end)


def _received(
    session: Session, exchange: int, pulling: Pulling, spool: Spool
) -> tuple[Complete | Reached, dict[str, Proof | None]]:
    """Receives the rest of a step into the spool."""
    while True:
        answered, message = session.connection.receive()
        if answered != exchange:
            raise Failure(f"The server answers exchange {answered}, which is not open")
        try:
            match message:
                case Outline():
                    pulling.take_outline(message)
                case Window():
                    _take_window(session, message, pulling, spool)
                case Complete() | Reached():
                    return message, pulling.take_end(message)
                case ErrorMessage():
                    raise _pull_failure(message, pulling)
                case _:
                    raise Failure(f"The server answers a pull by {type(message).__name__}")
        except WireError as error:
            raise Failure(f"The server broke the protocol: {error.reason}") from None


def _take_window(session: Session, window: Window, pulling: Pulling, spool: Spool) -> None:
    pulling.take_window(window)
    if spool.purpose() != pulling.purpose:
        spool.begin(pulling.purpose)
    spool.append(session.connection.payload)
    session.progress(pulling.record_count, session.connection.received)


def _pull_failure(message: ErrorMessage, pulling: Pulling) -> Exception:
    """A pull that named anything may begin from nothing; one that did not has failed."""
    if message.code in _START_AGAIN and pulling.request.streams:
        return Outdated(message.sentence)
    return ServerError(message)


def _proven(session: Session, end: Complete | Reached, proofs: dict[str, Proof | None]) -> Proven:
    """Checks the signature and the paths, and remembers the checkpoint."""
    learn_delegation(session, end.checkpoint.statement.delegation)
    trust = session.context.trust()
    statement = judge(end.checkpoint, trust, session.context)
    if statement.epoch != session.hello.epoch:
        raise NotProven(f"A checkpoint of epoch {statement.epoch}; the server's is {session.hello.epoch}")
    for name, proof in proofs.items():
        if proof is not None and proof.root(name) != statement.root:
            raise NotProven(f"The server's proof for {name} does not lead to the root that the authority signed")
    remember(end.checkpoint, session.context)
    return Proven(end.checkpoint, trust.chain, proofs, now_milliseconds())


def _commit(session: Session, purpose: Purpose, end: Complete | Reached) -> Header | None:
    """The header of the one commit between the replica and the end, if there is one alone and the server shows it."""
    header, head, path = end.commit, end.checkpoint.statement, session.context.replica_path
    if header is None or purpose.base == 0 or purpose.base + 1 != head.sequence or not path.is_file():
        return None
    with closing(connect(path)) as db:
        before = read_cursor(db).checkpoint.statement
    if chain_after(before.chain, Commit(head.sequence, header.hash, head.root)) != head.chain:
        raise NotProven(f"What the server says of commit r{head.sequence} is not what the authority signed")
    return header


def _applied(session: Session, purpose: Purpose, spool: Spool, proven: Proven) -> int:
    """How many records the replica has after the step."""
    path = session.context.replica_path
    if purpose.base > 0 and not path.is_file():
        raise Misfit("the local copy is gone")
    try:
        return apply_delta(path, spool.windows(), proven) if purpose.base > 0 else build(path, spool.windows(), proven)
    except sqlite3.OperationalError as error:
        kind = InUse if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY else Failure
        raise kind(f"{path} cannot be written: {error}. Nothing is lost; try again") from None
    except (WireError, sqlite3.DatabaseError) as error:
        raise Misfit(str(error)) from None
