"""Syncs against an honest authority: deltas, moves, deletions, schemas that grow, cuts."""

from __future__ import annotations

from dataclasses import replace

from almanac.client.lock import locked
from almanac.client.spool import Spool
from almanac.client.syncing import sync
from almanac.failures import Busy, Failure, Offline
from almanac.frames import Frame, MessageType
from almanac.messages import decode_message, encode_message
from almanac.pull import Pull, PullStream
from almanac.windows import decode_window
from tests.authority import text
from tests.laptop import DEALS, LaptopTests


class SyncTests(LaptopTests):
    """Sections 12 to 14."""

    def test_a_first_copy_then_deltas(self) -> None:
        self.found()
        context = self.enrolled()
        self.assert_same(context, sync(context))
        self.assertEqual(
            self.rows(context, "SELECT id, key, place, amount, stream, sequence, place_id FROM deals ORDER BY id"),
            [(number, f"d{number}", "p1", number + 0.5, "deals/asia", 2, 1) for number in (1, 2, 3)],
        )
        self.authority.commit(("deals/asia", DEALS, 1, self.deal(1, place=2)), ("deals/europe", DEALS, 2, self.deal(2)))
        self.authority.commit(("deals/asia", DEALS, 3, None))
        done = sync(context)
        self.assert_same(context, done)
        self.assertEqual((done.before, done.full), (2, False))
        self.assertEqual(
            self.rows(context, "SELECT key, place, stream FROM deals ORDER BY id"),
            [("d1", "p2", "deals/asia"), ("d2", "p1", "deals/europe")],
        )
        self.assertEqual(self.server.pulls[-1].streams[0].base, 2)

    def test_nothing_new(self) -> None:
        self.found()
        context = self.enrolled()
        sync(context)
        self.authority.now += 1_000
        done = sync(context)
        self.assert_same(context, done)
        self.assertLess(done.received, 1_000)

    def test_subscriptions_widen_and_narrow(self) -> None:
        self.found()
        self.authority.commit(("deals/europe", DEALS, 4, self.deal(4)), ("notes", 40, 1, {1: text("n")}))
        context = self.enrolled()
        self.assertEqual(sync(context, streams=("deals/asia",)).streams, 2)
        self.authority.commit(("deals/europe", DEALS, 1, self.deal(1)))
        self.assertEqual(sync(context, streams=("deals/*",)).streams, 3)
        self.assertEqual([stream.name for stream in self.server.pulls[-1].streams], ["deals/asia", "reference"])
        self.assertEqual(self.rows(context, "SELECT count(*) FROM deals"), [(4,)])
        self.authority.commit(("deals/asia", DEALS, 1, self.deal(1)))
        done = sync(context, streams=("deals/europe",))
        self.assertEqual((done.streams, done.full), (2, False))
        self.assertEqual(self.rows(context, "SELECT key FROM deals"), [("d4",)])
        self.assert_same(context, sync(context, streams=("*",)))

    def test_a_cut_anywhere_goes_on_where_it_was(self) -> None:
        self.found()
        self.authority.window_rows = 3
        context = self.enrolled()
        honest = len(self.authority.answer(self.first_pull(context), 1))
        self.server.meddle = lambda frames: frames[:2] if frames[0].type is MessageType.OUTLINE else frames
        for _ in range(honest - 2):
            with self.assertRaises(Offline):
                sync(context)
            self.authority.commit(("deals/asia", DEALS, 3, self.deal(3, place=1 + self.authority.sequence % 2)))
        self.assertGreater(honest, 4)
        self.assertFalse(context.replica_path.exists())
        self.server.meddle = None
        before = self.server.pulls[-1]
        self.assert_same(context, sync(context))
        last = self.server.pulls[-1]
        self.assertTrue(all(stream.position is not None for stream in last.streams))
        self.assertGreater(last.highest_head, before.streams[0].base)
        self.assertIsNone(Spool(context.spool_path).purpose())

    def first_pull(self, context):
        """The pull of a client that has nothing."""
        self.server.meddle = lambda frames: [] if frames[0].type is MessageType.OUTLINE else frames
        with self.assertRaises(Offline):
            sync(context)
        return self.server.pulls[-1]

    def moved_head(self, frames: list[Frame], kept: int) -> list[Frame]:
        """The first windows as they are, a commit, and the rest of the pull as the new head has it."""
        windows = [decode_window(frame.payload) for frame in frames[1 : 1 + kept]]
        head = self.authority.sequence
        positions = {window.stream: window.end for window in windows}
        self.authority.commit(("deals/asia", DEALS, 1, self.deal(1, place=2)), ("deals/europe", DEALS, 2, self.deal(2)))
        streams = tuple(PullStream(name, 0, position) for name, position in sorted(positions.items()))
        rest = self.authority.answer(Pull(self.authority.epoch, head, streams, ("*",)), frames[0].exchange)
        return [*frames[: 1 + kept], *rest]

    def test_the_head_moves_during_a_pull(self) -> None:
        self.found()
        self.authority.window_rows = 3
        context = self.enrolled()
        for kept in (1, 3, 5):
            with self.subTest(kept=kept):
                context.replica_path.unlink(missing_ok=True)
                self.server.meddle = lambda frames, kept=kept: (
                    self.moved_head(frames, kept) if frames[0].type is MessageType.OUTLINE else frames
                )
                self.assert_same(context, sync(context))
                self.server.meddle = None

    def test_a_window_of_a_head_that_no_outline_announced(self) -> None:
        self.found()
        context = self.enrolled()
        sync(context)

        def meddle(frames: list[Frame]) -> list[Frame]:
            if frames[0].type is not MessageType.OUTLINE:
                return frames
            new = encode_message(replace(decode_message(frames[0]), head=self.authority.sequence + 1), frames[0].exchange)
            return [frames[0], new, *frames[1:]]

        self.authority.commit(("deals/asia", DEALS, 1, None))
        self.server.meddle = meddle
        self.refused(context, Failure, "a window of head 3; the outline is of 4")

    def test_a_half_written_window_is_fetched_again(self) -> None:
        self.found()
        context = self.enrolled()
        self.server.meddle = lambda frames: frames[:4] if frames[0].type is MessageType.OUTLINE else frames
        with self.assertRaises(Offline):
            sync(context)
        windows = context.spool_path / "windows"
        windows.write_bytes(windows.read_bytes()[:-1])
        self.server.meddle = None
        self.assert_same(context, sync(context))

    def test_a_cut_within_a_frame(self) -> None:
        self.found()
        context = self.enrolled()
        sync(context)
        self.authority.commit(("deals/asia", DEALS, 1, self.deal(1, place=2)))

        def meddle(frames: list[Frame]) -> list[Frame | bytes]:
            return [frames[0], b"\x00\x00\x01\x00\x08\x00\x00\x02half"] if frames[0].type is MessageType.OUTLINE else list(frames)

        self.server.meddle = meddle
        self.refused(context, Offline, "ended the connection")
        self.server.meddle = None
        self.assert_same(context, sync(context))

    def test_a_new_epoch_is_a_full_copy(self) -> None:
        self.found()
        context = self.enrolled()
        sync(context)
        self.authority.epoch += 1
        self.authority.commit(("deals/asia", DEALS, 1, self.deal(1, place=2)))
        done = sync(context)
        self.assertTrue(done.full)
        self.assert_same(context, done)

    def test_one_process_at_a_time(self) -> None:
        self.found()
        context = self.enrolled()
        with locked(context.lock_path), self.assertRaises(Busy):
            sync(context)

    def test_a_damaged_copy_is_replaced(self) -> None:
        self.found()
        context = self.enrolled()
        sync(context)
        for damage in (b"", b"no database", context.replica_path.read_bytes()[:5_000]):
            with self.subTest(size=len(damage)):
                context.replica_path.write_bytes(damage)
                self.authority.commit(("deals/asia", DEALS, 1, self.deal(1, place=1 + self.authority.sequence % 2)))
                self.assert_same(context, sync(context))
