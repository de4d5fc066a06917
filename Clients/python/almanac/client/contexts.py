"""Where contexts are, and which one is meant."""

from __future__ import annotations

import os
import re
from pathlib import Path

from almanac.client.context import Context
from almanac.failures import Failure, NotAllowed, Usage
from almanac.files import make_private_folder

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")


def contexts_folder() -> Path:
    """Where contexts are: `almanac-python` in the user's data directory."""
    data = os.environ.get("XDG_DATA_HOME", "")
    return (Path(data) if data.startswith("/") else Path.home() / ".local" / "share") / "almanac-python"


def context_name(text: str) -> str:
    """A folder's name made of a dataset's: nothing that comes from a peer becomes a path as it is."""
    name = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:63].strip("-")
    return name or "almanac"


def find_context(chosen: str | None) -> Context:
    """The context that was chosen by its name or its folder, by ALMANAC_CONTEXT, or because it is the only one."""
    chosen = chosen or os.environ.get("ALMANAC_CONTEXT") or None
    if chosen is not None:
        return named_context(chosen)
    folder = contexts_folder()
    found = sorted(path.name for path in folder.iterdir() if Context(path).is_enrolled) if folder.is_dir() else []
    if not found:
        raise NotAllowed("Not enrolled. Ask for an invitation, then: almanac enrol LINK")
    if len(found) > 1:
        raise Usage(f"Which one? Say --context with one of: {', '.join(found)}")
    return Context(folder / found[0])


def named_context(chosen: str) -> Context:
    """The context of a name, or of a folder: a text with a slash."""
    if "/" in chosen:
        return Context(Path(chosen))
    if not _NAME.fullmatch(chosen):
        raise Usage(f"{chosen!r} is no name of a context: lower-case letters, digits and hyphens")
    return Context(contexts_folder() / chosen)


def prepare_folder(context: Context) -> None:
    """The folder of a context to be."""
    try:
        make_private_folder(context.folder)
    except OSError as error:
        raise Failure(f"{context.folder} cannot be made: {error.strerror}") from None
