"""This machine's clock."""

from __future__ import annotations

import time


def now_milliseconds() -> int:
    """Milliseconds since 1970."""
    return time.time_ns() // 1_000_000
