"""A server that lies to a follower: nothing of it reaches the replica, and the states before it stay."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from unittest import mock

from almanac.chunks import Change, Kind
from almanac.client.looking import verify_context
from almanac.client.syncing import sync
from almanac.extensions import Extension
from almanac.failures import Failure, NotProven
from almanac.frames import Frame, MessageType
from almanac.messages import decode_message, encode_message
from almanac.pull import Outline, Pull, Reached, commit_extension
from almanac.windows import Window
from tests.authority import DAY, text
from tests.laptop import DEALS, LaptopTests
from tests.seeds import Seeded
from tests.test_following import FollowingTests
from tests.window_bytes import window_bytes

SEED = 20_261_125


def on_window(change: Callable[[Window], Window]) -> Callable[[list[Frame]], list[Frame]]:
    """Changes the windows of a step."""

    def changed(frame: Frame) -> Frame:
        message = decode_message(frame)
        if not isinstance(message, Window):
            return frame
        new = change(message)
        return replace(frame, payload=window_bytes(new.stream, new.base, new.head, new.end, new.changes))

    return lambda frames: [changed(frame) for frame in frames] if frames[0].type is MessageType.OUTLINE else frames


def on_reached(change: Callable[[Reached], Reached]) -> Callable[[list[Frame]], list[Frame]]:
    """Changes the end of a step."""

    def changed(frame: Frame) -> Frame:
        message = decode_message(frame)
        return encode_message(change(message), frame.exchange) if isinstance(message, Reached) else frame

    return lambda frames: [changed(frame) for frame in frames]


class HostileFollowingTests(FollowingTests):
    """Each test begins with a follower at r2 and a change that waits at the server."""

    def setUp(self) -> None:
        super().setUp()
        self.steps = self.following()
        next(self.steps)
        self.authority.commit(("deals/asia", DEALS, 1, self.deal(1, place=2)), ("deals/europe", DEALS, 2, self.deal(2)))

    def refused_step(self, kind: type[Failure], pattern: str) -> None:
        """The next step ends the follower so, and leaves the replica as it was; an honest server is believed again."""
        before = self.context.replica_path.read_bytes()
        self.server.push()
        with self.assertRaisesRegex(kind, pattern):
            next(self.steps)
        self.assertEqual(self.context.replica_path.read_bytes(), before)
        self.server.meddle = None
        self.assert_same(self.context, sync(self.context))

    def test_an_outline_that_goes_back(self) -> None:
        def lie(frames: list[Frame]) -> list[Frame]:
            outline = decode_message(frames[0])
            assert isinstance(outline, Outline)
            return [encode_message(replace(outline, head=1), frames[0].exchange), *frames[1:]]

        self.server.meddle = lie
        self.refused_step(Failure, "an outline of head 1 after 2")

    def test_an_outline_without_a_stream_that_is_here(self) -> None:
        def lie(frames: list[Frame]) -> list[Frame]:
            outline = decode_message(frames[0])
            assert isinstance(outline, Outline)
            entries = tuple(entry for entry in outline.entries if entry.stream != "deals/asia")
            return [encode_message(replace(outline, entries=entries), frames[0].exchange), *frames[1:]]

        self.server.meddle = lie
        self.refused_step(Failure, "an outline without deals/asia")

    def test_windows_on_a_base_above_that_of_the_replica(self) -> None:
        self.authority.commit(("deals/asia", DEALS, 1, self.deal(1)))

        def lie(window: Window) -> Window:
            changes = tuple(change for change in window.changes if change.place.sequence > 3)
            return replace(window, base=3, changes=changes) if window.stream == "deals/asia" else window

        self.server.meddle = on_window(lie)
        self.refused_step(Failure, "a window of deals/asia on base 3; the replica holds 2")

    def test_windows_of_a_new_stream_on_a_base(self) -> None:
        self.server.meddle = on_window(lambda window: replace(window, base=2))
        self.refused_step(Failure, "a window of deals/europe on base 2; the replica holds 0")

    def test_windows_of_what_was_reached(self) -> None:
        again = self.authority.answer(self.server.pulls[0], self.server.follower.exchange, goes_on=True)
        self.server.meddle = lambda frames: [frames[0], *again[1:]] if frames[0].type is MessageType.OUTLINE else frames
        self.refused_step(Failure, "broke the protocol: a window of")

    def test_a_window_and_an_end_without_an_outline(self) -> None:
        for first_frame in (1, -1):
            with self.subTest(first_frame=first_frame):
                self.server.meddle = lambda frames, place=first_frame: [*frames[place:], b"", b"", b"", b""]
                self.refused_step(Failure, "no outline has announced" if first_frame == 1 else "ends before its outline")
                self.steps = self.following()
                next(self.steps)
                self.authority.commit(("deals/asia", DEALS, 1, self.deal(1, place=1 + self.authority.sequence % 2)))

    def test_a_head_that_is_said_twice_changes_nothing(self) -> None:
        self.server.push()
        next(self.steps)
        self.server.push()
        self.change()
        self.server.push()
        done = next(self.steps)
        self.assertEqual((done.before, done.sequence), (3, 4), "it is no step")
        self.assert_same(self.context, done)

    def test_a_proof_that_does_not_fit(self) -> None:
        proofs = self.authority.tree()[0]
        self.authority.commit(("deals/asia", DEALS, 3, None))
        self.server.meddle = on_reached(lambda end: replace(end, proofs=(proofs["deals/asia"], *end.proofs[1:])))
        self.refused_step(NotProven, "does not lead to the root")

    def test_proofs_that_are_missing(self) -> None:
        self.server.meddle = on_reached(lambda end: replace(end, proofs=end.proofs[:-1]))
        self.refused_step(Failure, "2 proofs for 3 streams")

    def test_a_signature_under_a_delegation_that_has_ended(self) -> None:
        with mock.patch("almanac.client.session.now_milliseconds", return_value=self.authority.now + 2 * DAY):
            self.server.push()
            with self.assertRaisesRegex(NotProven, "Delegation 1 is not valid now"):
                next(self.steps)
        self.assertEqual(verify_context(self.context).cursor.sequence, 2)
        self.assert_same(self.context, sync(self.context))

    def test_threat_11_another_message_than_was_signed(self) -> None:
        forged = commit_extension(replace(self.authority.header, message="all is well"))
        self.server.meddle = on_reached(lambda end: replace(end, extensions=(forged,)))
        self.refused_step(NotProven, "commit r3 is not what the authority signed")

    def test_a_header_that_cannot_be_read(self) -> None:
        self.server.meddle = on_reached(lambda end: replace(end, extensions=(Extension(1, b""),)))
        self.refused_step(Failure, "broke the protocol")

    def test_threat_9_an_older_head_at_the_end_of_a_step(self) -> None:
        older = self.authority.signed(replace(self.authority.checkpoint().statement, sequence=2))
        self.server.meddle = on_reached(lambda end: replace(end, checkpoint=older))
        self.refused_step(Failure, "a checkpoint of 2 for head 3")

    def test_threat_11_another_head_of_the_same_sequence(self) -> None:
        self.server.push()
        next(self.steps)
        chain, self.authority.chain = self.authority.chain, bytes(32)
        before = self.context.replica_path.read_bytes()
        self.server.push()
        with self.assertRaisesRegex(NotProven, "Equivocation: two different heads r3"):
            next(self.steps)
        self.assertEqual(self.context.replica_path.read_bytes(), before)
        self.assertTrue(self.context.evidence_path.exists())
        self.authority.chain = chain
        self.assert_same(self.context, sync(self.context))

    def test_threat_11_a_step_with_a_wrong_digest_costs_one_full_copy(self) -> None:
        def lie(frames: list[Frame]) -> list[Frame]:
            self.server.meddle = None
            return on_window(changed_key)(frames)

        self.server.meddle = lie
        self.server.push()
        self.assertTrue(self.assert_step(self.steps, 0).full)
        self.assertEqual((len(self.server.pulls), self.server.pulls[-1].streams, self.pauses), (2, (), []))
        self.change()
        self.server.push()
        self.assert_step(self.steps, 3)

    def test_threat_11_a_full_copy_with_a_wrong_digest_is_the_end(self) -> None:
        self.server.meddle = on_window(changed_key)
        before = self.context.replica_path.read_bytes()
        self.server.push()
        with self.assertRaisesRegex(NotProven, "A full copy is not what the authority signed") as caught:
            next(self.steps)
        self.assertEqual((caught.exception.exit_status, len(self.server.pulls), self.pauses), (7, 2, []))
        self.assertEqual(self.context.replica_path.read_bytes(), before)
        self.assertEqual(verify_context(self.context).cursor.sequence, 2)

    def test_threat_11_deltas_that_never_fit_are_the_end(self) -> None:
        honest = self.authority.answer

        def answer(pull: Pull, exchange: int, goes_on: bool = False) -> list[Frame]:
            """Full copies are honest, what follows them is not."""
            frames = honest(pull, exchange, goes_on)
            return on_window(changed_key)(frames) if pull.streams else frames

        self.authority.answer = answer  # type: ignore[method-assign]
        self.server.push()
        self.assertTrue(next(self.steps).full)
        self.change()
        self.server.push()
        with self.assertRaisesRegex(NotProven, "What follows a full copy is not what the authority signed") as caught:
            next(self.steps)
        self.assertEqual((caught.exception.exit_status, len(self.server.pulls)), (7, 2))
        self.assertEqual(verify_context(self.context).cursor.sequence, 3)

    def test_truncated_and_changed_steps(self) -> None:
        random = Seeded(SEED)
        refused = 0
        for index in range(40):
            with self.subTest(seed=SEED, index=index):
                self.server.meddle = lambda frames: self.mutated(frames, random) if len(frames) > 1 else frames
                self.server.push()
                try:
                    next(self.steps)
                except Failure:
                    refused += 1
                self.server.meddle = None
                verify_context(self.context)
                self.steps.close()
                self.assert_same(self.context, sync(self.context))
                self.change()
                self.steps = self.following()
                next(self.steps)
                self.change()
        self.assertGreater(refused, 10)

    def mutated(self, frames: list[Frame], random: Seeded) -> list[Frame]:
        """One of the frames with a few bytes changed, or shorter; the rest of the connection is honest."""
        self.server.meddle = None
        changed = list(frames)
        place = random.below(len(frames))
        payload = frames[place].payload
        payload = random.mutated(payload) if random.below(2) else payload[: random.below(len(payload))]
        changed[place] = replace(frames[place], payload=payload)
        return changed


class UnaskedTests(LaptopTests):
    """A sync that does not follow."""

    def test_a_pull_that_was_not_asked_to_go_on(self) -> None:
        self.found()
        context = self.enrolled()
        sync(context)
        self.authority.commit(("deals/asia", DEALS, 1, None))

        def lie(frames: list[Frame]) -> list[Frame]:
            if frames[0].type is not MessageType.OUTLINE:
                return frames
            end = decode_message(frames[-1])
            return [*frames[:-1], encode_message(Reached(end.checkpoint, end.proofs), frames[-1].exchange)]

        self.server.meddle = lie
        self.refused(context, Failure, "a pull that was not asked to go on goes on")
        self.server.meddle = None
        self.assert_same(context, sync(context))


def changed_key(window: Window) -> Window:
    """Deals with another key than they have."""
    return replace(window, changes=tuple(_changed_key(change) for change in window.changes))


def _changed_key(change: Change) -> Change:
    if change.kind is Kind.TOMBSTONE or change.place.collection != DEALS:
        return change
    return replace(change, values=dict(change.values) | {1: text("dX")})
