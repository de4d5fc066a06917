"""What can fail beyond the bytes: each failure says what happened, to what, and what to do, and has an exit status."""

from __future__ import annotations


class Failure(Exception):
    """A failure that a person is told about. `exit_status` is that of the command line."""

    exit_status: int = 1
    kind: str = "failed"


class NotAllowed(Failure):
    """The authority does not let this device in, or this device is not enrolled."""

    exit_status = 4
    kind = "not_allowed"


class Offline(Failure):
    """The server cannot be reached, or the connection was cut. Nothing is lost."""

    exit_status = 5
    kind = "offline"


class NotProven(Failure):
    """What the server says is not what the authority signed: another root, a rollback, an equivocation, another digest."""

    exit_status = 7
    kind = "not_proven"


class NoReplica(Failure):
    """There is no local copy yet."""

    exit_status = 10
    kind = "no_replica"


class Busy(Failure):
    """Another process is syncing this replica."""

    exit_status = 11
    kind = "already_syncing"


class InUse(Failure):
    """Somebody reads or writes the local copy for so long that nothing could be applied. Nothing is lost."""

    kind = "in_use"


class VersionsDiffer(Failure):
    """The two sides have no protocol version in common."""

    exit_status = 13
    kind = "version_unsupported"


class Usage(Failure):
    """What was asked for makes no sense."""

    exit_status = 64
    kind = "usage"


class Misfit(Exception):
    """A delta does not fit the replica (section 14): it is discarded, and a full copy is fetched."""


class Outdated(Misfit):
    """The server does not serve what a pull was based on: another epoch, an old base, a stream that is gone."""
