"""Following an honest authority: steps, cuts, silence, ends."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from unittest import mock

import almanac
from almanac import __main__ as command_line
from almanac.client.context import Context
from almanac.client.following import POLL_SECONDS, follow
from almanac.client.lock import locked
from almanac.client.pauses import Pauses
from almanac.client.spool import Spool
from almanac.client.stepping import Synced
from almanac.client.syncing import sync
from almanac.control import ChainRequest, ErrorCode, ErrorMessage, Fault, GoingAway, Ping, Retry
from almanac.enrolment import Renew
from almanac.failures import Busy, Failure, NotAllowed
from almanac.frames import Frame, MessageType
from almanac.messages import encode_message
from almanac.pull import Pull
from almanac.replica.replica import Proven, apply_delta
from almanac.windows import Window
from tests.authority import DAY, text
from tests.laptop import DEALS, PLACES, LaptopTests


class FollowingTests(LaptopTests):
    """Base: a follower that does not wait, but notes how long it would have."""

    def setUp(self) -> None:
        super().setUp()
        self.pauses: list[float] = []
        sleeping = mock.patch("almanac.client.following.sleep", side_effect=self.pauses.append)
        sleeping.start()
        self.addCleanup(sleeping.stop)
        self.found()
        self.context: Context = self.enrolled()

    def following(self) -> Iterator[Synced]:
        """The steps of the context; the connection ends with the test."""
        steps = follow(self.context)
        self.addCleanup(steps.close)
        return steps

    def change(self, number: int = 1) -> None:
        """A commit that changes, moves and deletes nothing but one deal."""
        place = 1 + self.authority.sequence % 2
        self.authority.commit(("deals/asia", DEALS, number, self.deal(number, place)))

    def honest(self) -> None:
        """Nobody meddles any more."""
        self.server.meddle = None

    def assert_step(self, steps: Iterator[Synced], before: int) -> Synced:
        """The next step leads from there to the authority's head."""
        done = next(steps)
        self.assertEqual(done.before, before)
        self.assert_same(self.context, done)
        return done


class HonestFollowingTests(FollowingTests):
    """Section 12, *Following*."""

    def test_steps_are_based_on_each_other(self) -> None:
        steps = self.following()
        self.assertTrue(self.assert_step(steps, 0).full)
        self.authority.commit(("deals/asia", DEALS, 1, self.deal(1, place=2)), ("deals/europe", DEALS, 2, self.deal(2)))
        self.authority.commit(("deals/asia", DEALS, 3, None))
        self.server.push()
        done = self.assert_step(steps, 2)
        self.assertEqual((done.full, done.is_last, done.streams), (False, False, 3))
        self.assertLess(done.received, 4_000)
        self.authority.commit(("deals/asia", DEALS, 2, self.deal(2)), ("reference", PLACES, 3, {1: text("p3")}))
        self.server.push()
        self.assert_step(steps, 4)
        rows = self.rows(self.context, "SELECT key, stream FROM deals ORDER BY id")
        self.assertEqual(rows, [("d1", "deals/asia"), ("d2", "deals/asia")])
        self.assertEqual(len(self.server.pulls), 1)
        self.assertTrue(self.server.pulls[0].follows)
        self.assertEqual(self.pauses, [])

    def test_a_step_of_one_commit_says_who_and_why(self) -> None:
        steps = self.following()
        self.assertIsNone(next(steps).commit, "a first copy is many commits")
        self.change()
        self.server.push()
        self.assertEqual(self.assert_step(steps, 2).commit, self.authority.header)
        self.change()
        self.change()
        self.server.push()
        self.assertIsNone(self.assert_step(steps, 3).commit)

    def test_a_step_that_changes_nothing_here(self) -> None:
        self.context.subscribe(("deals/asia",))
        steps = self.following()
        next(steps)
        self.authority.commit(("deals/europe", DEALS, 9, self.deal(9)))
        self.server.push()
        done = next(steps)
        self.assertEqual((done.before, done.sequence, done.streams), (2, 3, 2))
        self.assertLess(done.received, 1_000)

    def test_a_newer_signature_is_taken_over_in_silence(self) -> None:
        steps = self.following()
        next(steps)
        times: list[int] = []

        def applied(path: Path, windows: Iterable[Window], proven: Proven) -> int:
            times.append(proven.cursor.checkpoint.statement.time)
            if len(times) == 1:
                self.change()
                self.authority.now += 60_000
                self.server.push()
            return apply_delta(path, windows, proven)

        self.authority.now += 60_000
        start = self.authority.now
        self.server.push()
        with mock.patch("almanac.client.stepping.apply_delta", side_effect=applied):
            self.assert_step(steps, 2)
        self.assertEqual(times, [start, start + 60_000])

    def test_the_head_moves_during_a_step(self) -> None:
        self.authority.window_rows = 3
        steps = self.following()
        next(steps)
        for number in range(5, 12):
            self.authority.commit(("deals/asia", DEALS, number, self.deal(number)))

        def moved(frames: list[Frame]) -> list[Frame]:
            """The first window of a step, then all of the next head."""
            self.server.meddle = None
            self.change(5)
            pull = replace(self.server.pulls[0], epoch=self.authority.epoch, highest_head=2)
            again = self.authority.answer(self.authority_pull(pull, 2), frames[0].exchange, goes_on=True)
            return [frames[0], *again]

        self.server.meddle = moved
        self.server.push()
        self.assert_step(steps, 2)

    def authority_pull(self, pull: Pull, base: int) -> Pull:
        """The pull on a base, with all streams that there are."""
        after = self.authority.after(pull)
        return replace(after, highest_head=base, streams=tuple(replace(each, base=base) for each in after.streams))

    def test_a_cut_between_steps(self) -> None:
        steps = self.following()
        next(steps)
        self.change()
        self.server.cut()
        self.assert_step(steps, 2)
        self.assertEqual((len(self.pauses), len(self.server.pulls)), (1, 2))
        self.assertEqual({stream.base for stream in self.server.pulls[-1].streams}, {2})

    def test_a_cut_within_a_step_goes_on_where_it_was(self) -> None:
        self.authority.window_rows = 1
        steps = self.following()
        next(steps)
        for number in (1, 2, 3):
            self.change(number)
        self.server.meddle = lambda frames: frames[:3]
        self.server.push()
        self.server.push = lambda: None  # type: ignore[method-assign]
        with mock.patch("almanac.client.following.sleep", side_effect=lambda _: self.honest()):
            done = self.assert_step(steps, 2)
        pull = self.server.pulls[-1]
        self.assertEqual([stream.position is None for stream in pull.streams], [False, True])
        self.assertEqual((done.full, pull.highest_head, pull.streams[0].base), (False, 5, 2))

    def test_the_iterator_can_be_left_at_any_step(self) -> None:
        with closing(almanac.follow(self.context.folder)) as steps:
            next(steps)
            with self.assertRaises(Busy):
                sync(self.context)
        self.change()
        self.assert_same(self.context, sync(self.context))

    def test_pauses_grow_and_begin_again_after_a_step(self) -> None:
        link = self.context.settings()
        self.context.write_settings(replace(link, port=1))

        def sleep(seconds: float) -> None:
            self.pauses.append(seconds)
            if len(self.pauses) == 5:
                self.context.write_settings(link)

        with mock.patch("almanac.client.following.sleep", side_effect=sleep):
            steps = self.following()
            next(steps)
            self.server.cut()
            next(steps)
        for failures, seconds in enumerate(self.pauses):
            bound = 2.0 ** (failures if failures < 5 else 0)
            self.assertTrue(bound / 4 <= seconds <= bound, (failures, seconds))
        self.assertEqual(len(self.pauses), 6)

    def test_pauses_are_bounded_and_differ(self) -> None:
        pauses = Pauses(failures=1_000_000)
        seconds = [pauses.next() for _ in range(20)]
        self.assertTrue(all(7.5 <= each <= 30 for each in seconds))
        self.assertGreater(len(set(seconds)), 1)
        self.assertLessEqual(pauses.next(after=2**63), 630)

    def test_a_silent_server_is_asked_and_answers(self) -> None:
        def meddle(frames: list[Frame]) -> list[Frame]:
            if frames[0].type is MessageType.PONG and sum(isinstance(each, Ping) for each in self.server.messages) == 3:
                self.change()
                self.server.push()
            return frames

        self.server.meddle = meddle
        with mock.patch("almanac.client.connection.SILENCE_SECONDS", 0.3):
            steps = self.following()
            next(steps)
            self.assert_step(steps, 2)
        self.assertEqual(self.pauses, [])

    def test_a_server_that_is_silent_for_ever(self) -> None:
        self.server.meddle = lambda frames: [b""] if frames[0].type is MessageType.PONG else frames
        with mock.patch("almanac.client.connection.SILENCE_SECONDS", 0.3):
            steps = self.following()
            next(steps)
            self.change()
            self.assert_step(steps, 2)
        self.assertEqual((len(self.pauses), len(self.server.pulls)), (1, 2))

    def test_a_server_that_cannot_be_followed_is_asked_every_minute(self) -> None:
        self.server.knows_following = False
        steps = self.following()
        self.assertTrue(self.assert_step(steps, 0).is_last)
        self.change()
        self.assert_step(steps, 2)
        self.assertEqual(self.pauses, [POLL_SECONDS])

    def test_a_server_that_stops(self) -> None:
        steps = self.following()
        next(steps)
        self.change()
        retry = ErrorMessage(ErrorCode.GOING_AWAY, Fault.SENDER, Retry.HERE_AFTER_A_WHILE, 3_000, "stopping")
        self.server.say(GoingAway("stopping"), retry)
        self.assert_step(steps, 2)
        self.assertTrue(3.25 <= self.pauses[0] <= 4)
        self.change()
        end = self.authority.answer(self.authority_pull(self.server.pulls[0], 3), self.server.follower.exchange)
        self.server.meddle = lambda frames: end if frames[0].type is MessageType.OUTLINE else frames
        self.server.push()
        self.assertTrue(self.assert_step(steps, 3).is_last)
        self.honest()
        next(steps)
        self.assertLess(self.pauses[1], 2)

    def test_a_stream_that_is_gone_is_a_new_copy(self) -> None:
        steps = self.following()
        next(steps)
        self.server.say(ErrorMessage(ErrorCode.STREAM_UNKNOWN, Fault.RECEIVER, Retry.NOT_LIKE_THIS, 0, "gone"))
        self.assertTrue(self.assert_step(steps, 0).full)
        self.assertEqual((len(self.pauses), self.server.pulls[-1].streams), (1, ()))

    def test_a_new_epoch_is_a_full_copy(self) -> None:
        steps = self.following()
        next(steps)
        self.authority.epoch += 1
        self.change()
        self.server.cut()
        self.assertTrue(self.assert_step(steps, 0).full)

    def test_a_copy_that_is_gone_or_in_use(self) -> None:
        steps = self.following()
        next(steps)
        self.context.replica_path.unlink()
        self.change()
        self.server.push()
        self.assertTrue(self.assert_step(steps, 0).full)
        self.change()
        db = almanac.connect(self.context.folder)
        self.addCleanup(db.close)
        db.execute("BEGIN")
        db.execute("SELECT count(*) FROM deals").fetchone()
        self.server.push()
        with (
            mock.patch("almanac.replica.replica.PATIENCE_SECONDS", 0.01),
            mock.patch("almanac.client.following.sleep", side_effect=lambda _: db.execute("ROLLBACK")) as paused,
        ):
            self.assert_step(steps, 3)
        paused.assert_called_once()
        self.assertIsNotNone(self.server.pulls[-1].streams[0].position)

    def test_a_key_that_changes_while_other_things_come(self) -> None:
        steps = self.following()
        next(steps)
        self.authority.delegation, self.authority.checkpoint_key = 2, "checkpoint 2"
        self.change()

        def meddle(frames: list[Frame]) -> list[Frame]:
            """The chain that was asked for comes behind a step that nobody waited for."""
            if frames[0].type is not MessageType.DELEGATION_CHAIN:
                return frames
            self.server.meddle = None
            self.change(2)
            pull = self.authority_pull(self.server.pulls[0], 3)
            return [*self.authority.answer(pull, self.server.follower.exchange, goes_on=True), *frames]

        self.server.meddle = meddle
        self.server.push()
        done = next(steps)
        self.assertEqual((done.before, done.sequence), (2, 3))
        self.assert_step(steps, 3)

    def test_a_delegation_that_ends_is_replaced_by_a_newer_one(self) -> None:
        steps = self.following()
        next(steps)
        later = self.authority.now + 2 * DAY
        with mock.patch("almanac.client.session.now_milliseconds", return_value=later):
            self.change()
            self.authority.delegation, self.authority.now = 2, later
            self.server.push()
            self.assert_step(steps, 2)
            self.change()
            self.server.push()
            self.assert_step(steps, 3)
        self.assertEqual(len([each for each in self.server.messages if isinstance(each, ChainRequest)]), 1)

    def test_threat_17_a_certificate_is_renewed_without_a_new_connection(self) -> None:
        steps = self.following()
        next(steps)
        self.change()
        self.server.push()
        next(steps)
        self.assertFalse([each for each in self.server.messages if isinstance(each, Renew)])
        with mock.patch("almanac.client.following.time.time", return_value=2e10), mock.patch(
            "almanac.client.renewing.is_due", return_value=True
        ):
            self.change()
            self.server.push()
            next(steps)
            self.change()
            self.server.push()
            self.assert_step(steps, 4)
        self.assertEqual(len([each for each in self.server.messages if isinstance(each, Renew)]), 1)
        self.assertEqual(len(self.server.pulls), 1)

    def test_what_no_waiting_cures(self) -> None:
        steps = self.following()
        next(steps)
        self.server.say(ErrorMessage(ErrorCode.NOT_ALLOWED, Fault.RECEIVER, Retry.NOT_LIKE_THIS, 0, "revoked"))
        with self.assertRaisesRegex(Failure, "revoked") as caught:
            next(steps)
        self.assertEqual((caught.exception.exit_status, self.pauses), (NotAllowed.exit_status, []))
        with locked(self.context.lock_path):
            pass


class FollowingCommandTests(FollowingTests):
    """`sync --follow`."""

    def test_an_object_a_step_and_an_interruption(self) -> None:
        lines: list[dict] = []

        def show(line: str, **_: object) -> None:
            lines.append(json.loads(line))
            if len(lines) == 1:
                self.change()
                self.server.cut()
            if len(lines) == 3:
                raise KeyboardInterrupt

        with mock.patch("builtins.print", side_effect=show):
            status = command_line.main(["sync", "--follow", "--json", "--context", str(self.context.folder)])
        self.assertEqual(status, 130)
        self.assertEqual([line["message_type"] for line in lines], ["step", "status", "step"])
        self.assertEqual([line.get("to") for line in lines], [2, None, 3])
        self.assertIn("ended the connection", lines[1]["reason"])
        self.assert_same(self.context)
        self.assertIsNone(Spool(self.context.spool_path).purpose())

    def test_an_interruption_anywhere_loses_nothing(self) -> None:
        arguments = ["sync", "--follow", "--full", "--json", "--context", str(self.context.folder)]
        for place in ("spool.Spool.append", "connection.Connection.receive", "following.sleep"):
            with self.subTest(place=place):
                self.server.meddle = (lambda frames: frames[:2]) if place.endswith("sleep") else None
                with mock.patch(f"almanac.client.{place}", side_effect=KeyboardInterrupt), mock.patch("builtins.print"):
                    status = command_line.main(arguments)
                self.assertEqual(status, 130)
        self.honest()
        self.assert_same(self.context, sync(self.context))
