"""A process that ends in the middle of a sync, wherever that is, and readers that are in the way."""

from __future__ import annotations

from contextlib import closing
from unittest import mock

import almanac
from almanac.client.looking import verify_context
from almanac.client.syncing import sync
from almanac.failures import Failure
from tests.laptop import DEALS, LaptopTests

STEPS = (
    "almanac.client.spool.Spool.begin",
    "almanac.client.spool.Spool.append",
    "almanac.client.stepping.remember",
    "almanac.client.context.Context.remember_checkpoint",
    "almanac.replica.replica.create_fixed_tables",
    "almanac.replica.applying.Applying.apply",
    "almanac.replica.applying.Applying.finish",
    "almanac.replica.applying.create_views",
    "almanac.replica.replica.write_cursor",
    "almanac.replica.replica._put_in_place",
    "almanac.replica.replica.os.replace",
    "almanac.replica.replica.sync_folder",
    "almanac.client.spool.Spool.discard",
)


class End(BaseException):
    """Nothing after this is done, as little as when the process is killed."""


class InterruptedTests(LaptopTests):
    """Threat 26: whatever was done stays, whatever was not done is done by the next sync."""

    def test_threat_26_a_first_copy_ends_at_any_step(self) -> None:
        self.check(full=True)

    def test_threat_26_a_delta_ends_at_any_step(self) -> None:
        self.check(full=False)

    def check(self, full: bool) -> None:
        self.found()
        context = self.enrolled()
        sync(context)
        reached = 0
        for step in STEPS:
            self.authority.commit(
                ("deals/asia", DEALS, 1, self.deal(1, place=1 + self.authority.sequence % 2)),
                ("reference", 1, 50 + self.authority.sequence, {}),
            )
            with self.subTest(step=step):
                before = verify_context(context).cursor.sequence
                with mock.patch(step, side_effect=End):
                    try:
                        sync(context, full=full)
                    except End:
                        reached += 1
                self.assertIn(verify_context(context).cursor.sequence, (before, self.authority.sequence))
                self.assert_same(context, sync(context))
        self.assertGreaterEqual(reached, len(STEPS) - (0 if full else 4))

    def test_a_reader_sees_one_state_and_costs_a_sync_no_more_than_patience(self) -> None:
        self.found()
        context = self.enrolled()
        sync(context)
        self.authority.commit(("deals/asia", DEALS, 1, None))
        with closing(almanac.connect(context.folder)) as db:
            db.execute("BEGIN")
            before = db.execute("SELECT count(*) FROM deals").fetchone()
            with mock.patch("almanac.replica.replica.PATIENCE_SECONDS", 0.01), self.assertRaisesRegex(Failure, "Nothing is lost"):
                sync(context)
            self.assertEqual(db.execute("SELECT count(*) FROM deals").fetchone(), before)
            db.execute("ROLLBACK")
        self.assert_same(context, sync(context))
        self.assertEqual(self.rows(context, "SELECT count(*) FROM deals"), [(2,)])

    def test_a_reader_of_the_old_file_is_not_hurt_by_a_new_one(self) -> None:
        self.found()
        context = self.enrolled()
        sync(context)
        with closing(almanac.connect(context.folder)) as db:
            db.execute("BEGIN")
            db.execute("SELECT count(*) FROM deals").fetchone()
            self.authority.commit(("deals/asia", DEALS, 1, None))
            sync(context, full=True)
            self.assertEqual(db.execute("SELECT count(*) FROM deals").fetchone(), (3,))
        self.assertEqual(self.rows(context, "SELECT count(*) FROM deals"), [(2,)])
