"""What was received of a pull that is not complete: whole windows, in the order in which they came."""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from almanac.errors import WireError
from almanac.files import make_private_folder, write_private
from almanac.windows import Window, decode_window

_HEAD = 8
"""Bytes before a window: its length and its CRC-32, so that one that a crash left half written is seen."""


@dataclass(frozen=True, slots=True)
class Purpose:
    """On what the windows are based. Windows of another purpose are worth nothing.

    `base` is the sequence of the replica, or 0 for a full copy; `streams` are those of the replica that are pulled on that base.
    """

    dataset: str
    epoch: int
    base: int
    streams: tuple[str, ...]
    patterns: tuple[str, ...]


class Spool:
    """A folder with a purpose and windows."""

    def __init__(self, folder: Path) -> None:
        self._purpose_path = folder / "purpose.json"
        self._windows_path = folder / "windows"
        self._folder = folder

    def purpose(self) -> Purpose | None:
        """The purpose of the windows that are here, if any are."""
        try:
            content = json.loads(self._purpose_path.read_bytes())
            return Purpose(**(content | {"streams": tuple(content["streams"]), "patterns": tuple(content["patterns"])}))
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def begin(self, purpose: Purpose) -> None:
        """An empty spool of that purpose."""
        make_private_folder(self._folder)
        self.discard()
        write_private(self._purpose_path, json.dumps(asdict(purpose)).encode())

    def discard(self) -> None:
        """Nothing is here any more."""
        self._purpose_path.unlink(missing_ok=True)
        self._windows_path.unlink(missing_ok=True)

    def append(self, payload: bytes) -> None:
        """A window, behind the others. Not synced: a crash may cost what would have to be fetched again."""
        descriptor = os.open(self._windows_path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
        with open(descriptor, "ab") as file:
            file.write(len(payload).to_bytes(4, "big") + zlib.crc32(payload).to_bytes(4, "big") + payload)

    def windows(self) -> Iterator[Window]:
        """The windows. What stands behind the last whole one is cut off."""
        if not self._windows_path.exists():
            return
        with open(self._windows_path, "r+b") as file:
            end = 0
            while (window := _next(file.read(_HEAD), file)) is not None:
                end = file.tell()
                yield window
            file.truncate(end)


def _next(head: bytes, file: object) -> Window | None:
    if len(head) < _HEAD:
        return None
    length = int.from_bytes(head[:4], "big")
    payload = file.read(length)  # type: ignore[attr-defined]
    if len(payload) != length or zlib.crc32(payload) != int.from_bytes(head[4:], "big"):
        return None
    try:
        return decode_window(payload)
    except WireError:
        return None
