"""One process at a time syncs a replica. The kernel's lock goes away with its process."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from almanac.failures import Busy


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Holds the lock, or raises `Busy`."""
    descriptor = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy("Another process is syncing this copy") from None
        yield
    finally:
        os.close(descriptor)
