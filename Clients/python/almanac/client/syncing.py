"""Brings the local copy to the authority's state, and proves it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from almanac.client.context import Context
from almanac.client.lock import locked
from almanac.client.planning import delta_purpose, full_purpose
from almanac.client.renewing import renew_if_due
from almanac.client.session import Progress, Session, connected, greeted, judge_hello
from almanac.client.spool import Spool
from almanac.client.stepping import Synced, steps
from almanac.errors import WireError
from almanac.failures import Misfit, NotProven, Usage
from almanac.streams import check_pattern

NOT_EVEN_WHOLE = "A full copy is not what the authority signed: {}. Tell its operator"


def sync(
    context: Context, streams: tuple[str, ...] | None = None, full: bool = False, progress: Progress = lambda *_: None
) -> Synced:
    """Syncs the context's replica. `streams` are patterns that hold from now on; `full` fetches everything again."""
    with locked_for_sync(context, streams), session_of(context, progress) as session:
        return _synced(session, full)


@contextmanager
def locked_for_sync(context: Context, streams: tuple[str, ...] | None) -> Iterator[None]:
    """Holds the context's lock, with files that nobody else reads and the streams that were asked for."""
    context.settings()
    with locked(context.lock_path):
        context.check_files()
        if streams is not None:
            context.subscribe(tuple(_checked_patterns(streams)))
        yield


@contextmanager
def session_of(context: Context, progress: Progress) -> Iterator[Session]:
    """A connection to a server that contradicts nothing that is known here."""
    settings = context.settings()
    with connected(context, settings) as connection:
        hello = greeted(connection, context, settings)
        session = Session(context, settings, connection, hello, progress)
        judge_hello(session)
        renew_if_due(connection, session.next_exchange(), context, settings)
        yield session


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
            return next(steps(session, purpose))
        except Misfit as error:
            if is_fresh:
                raise NotProven(NOT_EVEN_WHOLE.format(error)) from None
            purpose = whole
