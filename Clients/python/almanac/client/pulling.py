"""One pull: what is asked for, what may be answered, and how far it has come. No I/O."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from almanac.client.spool import Purpose
from almanac.errors import Inconsistent, NotAscending, OutOfRange, TooLarge
from almanac.merkle import Proof
from almanac.places import Position
from almanac.pull import FOLLOW, Complete, Outline, Pull, PullStream, Reached
from almanac.streams import pattern_matches
from almanac.windows import Window


@dataclass(slots=True)
class Pulling:
    """The state of a pull. `record_count` counts what was received, again what was resumed; `follows` says that it is to go on
    after its end.
    """

    purpose: Purpose
    follows: bool = False
    positions: dict[str, Position] = field(default_factory=dict)
    highest_head: int = 0
    outline: Outline | None = None
    record_count: int = 0
    _remaining: dict[str, int] = field(default_factory=dict)

    @classmethod
    def resumed(cls, purpose: Purpose, windows: Iterable[Window], follows: bool = False) -> Pulling:
        """A pull that goes on behind windows that were received before."""
        pulling = cls(purpose, follows, highest_head=purpose.base)
        for window in windows:
            pulling._advance(window)
        return pulling

    def base(self, stream: str) -> int:
        """What the replica holds of a stream."""
        return self.purpose.base if stream in self.purpose.streams else 0

    @property
    def request(self) -> Pull:
        """The request for what is missing."""
        names = sorted(set(self.purpose.streams) | set(self.positions), key=str.encode)
        streams = tuple(PullStream(name, self.base(name), self.positions.get(name)) for name in names)
        received = self.highest_head > 0
        extensions = (FOLLOW,) if self.follows else ()
        return Pull(self.purpose.epoch if received else 0, self.highest_head, streams, self.purpose.patterns, extensions)

    def take_outline(self, outline: Outline) -> None:
        """Refuses an outline that goes back, lacks a stream, or has one that nobody asked for."""
        names = {entry.stream for entry in outline.entries}
        asked = {stream.name for stream in self.request.streams}
        if outline.head < self.highest_head:
            raise OutOfRange(f"an outline of head {outline.head} after {self.highest_head}")
        if missing := (asked | {"reference"}) - names:
            raise Inconsistent(f"an outline without {', '.join(sorted(missing))}")
        for name in names - asked - {"reference"}:
            if not any(pattern_matches(pattern, name) for pattern in self.purpose.patterns):
                raise Inconsistent(f"an outline with {name}, which was not asked for")
        self.outline = outline
        self._remaining = {entry.stream: entry.remaining for entry in outline.entries}

    def take_window(self, window: Window) -> None:
        """Refuses a window that does not belong to the last outline or does not go on where the one before ended."""
        if self.outline is None or window.stream not in self._remaining:
            raise Inconsistent(f"a window of {window.stream}, which no outline has announced")
        if window.head != self.outline.head:
            raise Inconsistent(f"a window of head {window.head}; the outline is of {self.outline.head}")
        base, position = self.base(window.stream), self.positions.get(window.stream)
        if window.base > base:
            raise Inconsistent(f"a window of {window.stream} on base {window.base}; the replica holds {base}")
        if window.end.sequence <= base or (position is not None and window.end <= position):
            raise NotAscending(f"a window of {window.stream} that does not go on")
        self._remaining[window.stream] -= len(window.changes)
        if self._remaining[window.stream] < 0:
            raise TooLarge(f"more entries of {window.stream} than were announced")
        self._advance(window)

    def take_end(self, end: Complete | Reached) -> dict[str, Proof | None]:
        """The proofs by their streams; refuses an end that does not belong to the last outline, and a `reached` not asked for."""
        if isinstance(end, Reached) and not self.follows:
            raise Inconsistent("a pull that was not asked to go on goes on")
        if self.outline is None:
            raise Inconsistent("a pull ends before its outline")
        if end.checkpoint.statement.sequence != self.outline.head:
            raise Inconsistent(f"a checkpoint of {end.checkpoint.statement.sequence} for head {self.outline.head}")
        if len(end.proofs) != len(self.outline.entries):
            raise Inconsistent(f"{len(end.proofs)} proofs for {len(self.outline.entries)} streams")
        return {entry.stream: proof for entry, proof in zip(self.outline.entries, end.proofs)}

    def after(self, reached: Reached) -> Pulling:
        """What the pull is once that state is held: on it everything that comes is based, and nothing has come."""
        head = reached.checkpoint.statement.sequence
        names = () if self.outline is None else tuple(entry.stream for entry in self.outline.entries)
        return Pulling(replace(self.purpose, base=head, streams=names), self.follows, highest_head=head)

    def _advance(self, window: Window) -> None:
        self.positions[window.stream] = window.end
        self.highest_head = max(self.highest_head, window.head)
        self.record_count += len(window.changes)
