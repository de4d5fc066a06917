"""Files that only their owner may read, written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from almanac.failures import Failure, NotAllowed


def sync_folder(folder: Path) -> None:
    """Makes the names in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_private_folder(folder: Path) -> None:
    """A folder of mode 0700, and those above it where they are missing."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def write_private(path: Path, data: bytes) -> None:
    """The file with mode 0600 and these bytes, durable when this returns; after a crash, the old file or the new one."""
    new = path.with_name(path.name + ".new")
    new.unlink(missing_ok=True)
    descriptor = os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with open(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(new, path)
    sync_folder(path.parent)


def check_private(path: Path) -> None:
    """Refuses a file that others may read or write, or that is another's."""
    status = path.stat()
    if status.st_mode & 0o077:
        raise NotAllowed(f"{path} may be read by others (mode {status.st_mode & 0o777:04o}). Restrict it: chmod 600 {path}")
    if status.st_uid != os.geteuid():
        raise NotAllowed(f"{path} belongs to another user")


def read_private(path: Path) -> bytes:
    """The bytes of a file that only its owner may read."""
    check_private(path)
    try:
        return path.read_bytes()
    except OSError as error:
        raise Failure(f"{path} cannot be read: {error.strerror}") from None
