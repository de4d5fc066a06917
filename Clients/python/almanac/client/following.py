"""Stays connected, and takes over each state of the authority as it comes (section 12, *Following*)."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from time import sleep

from almanac.client.connection import ServerError, visible_sentence
from almanac.client.context import Context
from almanac.client.pauses import Pauses
from almanac.client.planning import delta_purpose, full_purpose
from almanac.client.renewing import due_time, renew_if_due
from almanac.client.session import Progress, Session
from almanac.client.spool import Spool
from almanac.client.stepping import Synced, steps
from almanac.client.syncing import NOT_EVEN_WHOLE, locked_for_sync, session_of
from almanac.failures import Failure, InUse, Misfit, NotProven, Offline, Outdated

POLL_SECONDS = 60.0
"""How often a server is asked that cannot be followed."""
_RENEWAL_SECONDS = 3_600.0
"""How long a certificate is left alone, whatever became of its renewal."""

Waiting = Callable[[float, str], None]
"""Called before a pause, with its seconds and the reason, a sentence for people."""


def follow(
    context: Context,
    streams: tuple[str, ...] | None = None,
    full: bool = False,
    progress: Progress = lambda *_: None,
    waiting: Waiting = lambda *_: None,
) -> Iterator[Synced]:
    """Syncs the context's replica, and goes on: yields after each state that the replica has taken over and proven. A newer signature
    of the same state is taken over in silence.

    A connection that is lost is made again, after a pause that grows. It does not end by itself, but by a failure that no waiting
    cures. Whoever leaves the iterator closes the connection; what was received of the next state is kept.
    """
    with locked_for_sync(context, streams):
        yield from _Follower(context, full, progress, waiting).states()


@dataclass(slots=True)
class _Follower:
    """`is_whole`: the next pull is one of everything. `is_mended`: a delta did not fit, and none has fitted since. `is_resuming`:
    the pull goes on with a full copy that was cut. `is_followed`: the server knows how to go on.
    """

    context: Context
    is_whole: bool
    progress: Progress
    waiting: Waiting
    is_mended: bool = False
    is_resuming: bool = False
    is_followed: bool = False
    pauses: Pauses = field(default_factory=Pauses)

    def states(self) -> Iterator[Synced]:
        """All states, over as many connections as it takes."""
        while True:
            try:
                with closing(self._connection()) as states:
                    for synced in states:
                        self.pauses.reset()
                        yield synced
            except Misfit as error:
                self._mend(error)
            except Failure as error:
                if not isinstance(error, InUse) and error.exit_status != Offline.exit_status:
                    raise
                self._pause(self.pauses.next(error.message.after if isinstance(error, ServerError) else 0), str(error))
            else:
                self._after_the_end()

    def _connection(self) -> Iterator[Synced]:
        """The states of one connection."""
        self.is_followed = False
        with session_of(self.context, self.progress) as session:
            whole = full_purpose(session)
            purpose = whole if self.is_whole else delta_purpose(session)
            is_fresh = purpose == whole and Spool(self.context.spool_path).purpose() != whole
            self.is_resuming = purpose == whole and not is_fresh
            renewal = due_time(self.context.certificates_path.read_bytes())
            try:
                for synced in steps(session, purpose, follows=True):
                    self.is_whole = self.is_resuming = is_fresh = False
                    self.is_mended &= synced.full
                    self.is_followed |= not synced.is_last
                    if not synced.is_renewal:
                        yield synced
                    renewal = self._renewed(session, renewal, synced)
            except Misfit as error:
                if is_fresh:
                    raise NotProven(NOT_EVEN_WHOLE.format(error)) from None
                raise
            self.is_followed |= session.connection.is_leaving

    def _mend(self, error: Misfit) -> None:
        """A delta that does not fit is followed by a full copy, once; a resumed full copy by a fresh one."""
        self.is_whole = True
        if isinstance(error, Outdated):
            self._pause(self.pauses.next(), f"The server says: {visible_sentence(str(error))}")
        elif not self.is_resuming:
            if self.is_mended:
                raise NotProven(f"What follows a full copy is not what the authority signed: {error}. Tell its operator")
            self.is_mended = True

    def _renewed(self, session: Session, due: float, synced: Synced) -> float:
        """When the certificate is due next; it is renewed if it is now. A connection may last longer than a certificate."""
        if synced.is_last or time.time() < due:
            return due
        renew_if_due(session.connection, session.next_exchange(), self.context, session.settings)
        return max(due_time(self.context.certificates_path.read_bytes()), time.time() + _RENEWAL_SECONDS)

    def _after_the_end(self) -> None:
        """The pull has ended: its server stops, or cannot be followed."""
        if self.is_followed:
            self._pause(self.pauses.next(), "The server is stopping")
        else:
            self._pause(POLL_SECONDS, "The server cannot be followed")

    def _pause(self, seconds: float, reason: str) -> None:
        self.waiting(seconds, reason)
        sleep(seconds)
