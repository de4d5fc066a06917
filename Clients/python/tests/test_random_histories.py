"""Random commits, syncs at random heads, cuts at random frames."""

from __future__ import annotations

from typing import Any

from almanac.client.syncing import sync
from almanac.failures import Offline
from almanac.frames import MessageType
from tests.laptop import DEALS, LaptopTests
from tests.seeds import Seeded

SEED = 20_261_122


class RandomTests(LaptopTests):
    """The replica is always the authority's."""

    def test_random_histories(self) -> None:
        random = Seeded(SEED)
        self.found()
        context = self.enrolled()
        for step in range(25):
            for _ in range(1 + random.below(3)):
                self.authority.commit(*self.changes(random))
            self.authority.window_rows = 1 + random.below(4)
            kept = 1 + random.below(8)
            self.server.meddle = lambda frames: frames[:kept] if frames[0].type is MessageType.OUTLINE else frames
            with self.subTest(seed=SEED, step=step):
                try:
                    sync(context)
                except Offline:
                    continue
                self.assert_same(context)
        self.server.meddle = None
        self.assert_same(context, sync(context))

    def changes(self, random: Seeded) -> list[Any]:
        """A few changes of different deals: new, changed, moved, deleted."""
        changes: list[Any] = []
        for record_id in sorted({1 + random.below(12) for _ in range(4)}):
            stream = ("deals/asia", "deals/europe", "deals/africa")[random.below(3)]
            gone = random.below(4) == 0 and (DEALS, record_id) in self.authority.entries
            changes.append((stream, DEALS, record_id, None if gone else self.deal(record_id, 1 + random.below(9))))
        return changes
