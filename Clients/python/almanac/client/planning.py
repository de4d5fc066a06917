"""What a pull is to be based on."""

from __future__ import annotations

from contextlib import closing

from almanac.client.session import Session
from almanac.client.spool import Purpose, Spool
from almanac.replica.replica import connect, is_usable
from almanac.replica.state import read_cursor, read_streams
from almanac.streams import pattern_matches


def full_purpose(session: Session) -> Purpose:
    """Everything from the beginning."""
    return Purpose(session.settings.dataset, session.hello.epoch, 0, (), session.settings.streams)


def delta_purpose(session: Session) -> Purpose:
    """On top of the replica, unless there is none, or one of another epoch, or a full copy was under way."""
    whole = full_purpose(session)
    if not is_usable(session.context.replica_path) or Spool(session.context.spool_path).purpose() == whole:
        return whole
    with closing(connect(session.context.replica_path)) as db:
        cursor, streams = read_cursor(db), read_streams(db)
    if cursor.epoch != session.hello.epoch or str(cursor.dataset) != whole.dataset:
        return whole
    kept = tuple(sorted(name for name in streams if name == "reference" or _wanted(name, whole.patterns)))
    return Purpose(whole.dataset, whole.epoch, cursor.sequence, kept, whole.patterns)


def _wanted(name: str, patterns: tuple[str, ...]) -> bool:
    return any(pattern_matches(pattern, name) for pattern in patterns)
