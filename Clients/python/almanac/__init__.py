"""The Almanac protocol, version 1, in Python: a second implementation, made from Protocol/SPEC.md alone.

The modules of this package (but `files`) turn bytes into typed values and back, and do no I/O: whatever the bytes are, a decoder
returns a value or raises `almanac.errors.WireError`. `almanac.replica` keeps the local copy, `almanac.client` enrols and syncs.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from almanac.client.context import Context
    from almanac.client.stepping import Synced


def connect(context: str | Path | None = None) -> sqlite3.Connection:
    """The local copy, for reading.

    `context` is the name of a context, or its folder (a path, or a text with a slash); without one it is ALMANAC_CONTEXT, or the
    only one. There is a view for each collection, with the names of the schema.
    """
    from almanac.replica.replica import connect as connect_replica

    return connect_replica(_found(context).replica_path)


def follow(context: str | Path | None = None) -> Iterator[Synced]:
    """Keeps the local copy at the authority's state, and yields each state that it has taken over, after it was verified.

    `context` is as for `connect`. The iterator ends by a failure that no waiting cures, and when it is closed or left.
    """
    from almanac.client.following import follow as follow_context

    return follow_context(_found(context))


def _found(context: str | Path | None) -> Context:
    from almanac.client.context import Context
    from almanac.client.contexts import find_context

    return Context(context) if isinstance(context, Path) else find_context(context)
