"""The Almanac protocol, version 1, in Python: a second implementation, made from Protocol/SPEC.md alone.

The modules of this package (but `files`) turn bytes into typed values and back, and do no I/O: whatever the bytes are, a decoder
returns a value or raises `almanac.errors.WireError`. `almanac.replica` keeps the local copy, `almanac.client` enrols and syncs.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path


def connect(context: str | Path | None = None) -> sqlite3.Connection:
    """The local copy, for reading.

    `context` is the name of a context, or its folder (a path, or a text with a slash); without one it is ALMANAC_CONTEXT, or the
    only one. There is a view for each collection, with the names of the schema.
    """
    from almanac.client.context import Context
    from almanac.client.contexts import find_context
    from almanac.replica.replica import connect as connect_replica

    found = Context(context) if isinstance(context, Path) else find_context(context)
    return connect_replica(found.replica_path)
