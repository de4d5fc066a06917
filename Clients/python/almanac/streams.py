"""Stream names (section 6) and the patterns of a pull (section 12)."""

from __future__ import annotations

import re

from almanac import caps
from almanac.errors import OutOfRange, TooLarge
from almanac.reader import Reader

_PART = r"[a-z0-9][a-z0-9-]*"
_NAME = re.compile(rf"{_PART}(?:/{_PART}){{0,{caps.STREAM_PARTS - 1}}}")


def check_stream_name(name: str) -> str:
    """The name itself; refuses a text that is not a stream name."""
    if len(name.encode("utf-8", "replace")) > caps.STREAM_NAME:
        raise TooLarge(f"a stream name has at most {caps.STREAM_NAME} bytes")
    if not _NAME.fullmatch(name):
        raise OutOfRange(f"{name!r} is not a stream name")
    return name


def read_stream_name(reader: Reader) -> str:
    """A stream name as text."""
    return check_stream_name(reader.text())


def check_pattern(pattern: str) -> str:
    """The pattern itself; refuses a text that is none: a stream name, a stream name and `/*`, or `*`."""
    if pattern != "*":
        check_stream_name(pattern.removesuffix("/*"))
    return pattern


def read_pattern(reader: Reader) -> str:
    """A pattern as text."""
    return check_pattern(reader.text())


def pattern_matches(pattern: str, name: str) -> bool:
    """Whether the pattern stands for the stream. `a/*` is everything below `a`, without `a` itself."""
    if pattern == "*":
        return True
    if pattern.endswith("/*"):
        return name.startswith(pattern[:-1])
    return pattern == name
