"""How long a client waits before it tries again."""

from __future__ import annotations

import random
from dataclasses import dataclass

SHORTEST_SECONDS = 1.0
LONGEST_SECONDS = 30.0
AFTER_LIMIT_SECONDS = 600.0


@dataclass(slots=True)
class Pauses:
    """Pauses that grow with every failure, and are random: the clients of a server that was restarted do not come all at once."""

    failures: int = 0

    def reset(self) -> None:
        """Something went well."""
        self.failures = 0

    def next(self, after: int = 0) -> float:
        """The next pause in seconds; `after` are the milliseconds that a server has asked for."""
        bound = min(LONGEST_SECONDS, SHORTEST_SECONDS * 2 ** min(self.failures, 16))
        self.failures += 1
        return min(after / 1_000, AFTER_LIMIT_SECONDS) + random.uniform(bound / 4, bound)
