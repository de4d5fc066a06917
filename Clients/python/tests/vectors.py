"""The golden vectors of Protocol/vectors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[3] / "Protocol" / "vectors"

FILES = {"primitives", "values", "records", "frames", "messages", "statements", "operations", "preimages", "windows", "digest"}
"""The files that these tests read: one that is missing fails, and so does one that they do not know."""


def load(name: str) -> dict[str, Any]:
    """A file of vectors; a missing one raises."""
    with open(FOLDER / f"{name}.json", encoding="utf-8") as file:
        content = json.load(file)
    if not isinstance(content, dict):
        raise TypeError(f"{name}.json is not an object")
    return content


def good_and_refused(name: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The vectors of a file in the common format, which has exactly these members."""
    content = load(name)
    if set(content) != {"about", "good", "refused"} or not content["good"]:
        raise ValueError(f"{name}.json has other members than about, good and refused, or no good vectors")
    return content["good"], content["refused"]
