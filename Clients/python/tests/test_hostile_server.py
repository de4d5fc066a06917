"""A server that lies, or a path to it that does: nothing of it reaches the replica, and each lie has its name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from almanac.client.context import Context
from almanac.client.looking import verify_context
from almanac.client.syncing import sync
from almanac.failures import Failure, NotProven, Offline
from almanac.frames import Frame, MessageType
from almanac.messages import decode_message, encode_message
from almanac.pull import Complete
from almanac.statements import Signed
from tests.laptop import DEALS, LaptopTests
from tests.seeds import Seeded

SEED = 20_261_123


def on_pull(change: Callable[[list[Frame]], list[Any]]) -> Callable[[list[Frame]], list[Any]]:
    """Changes answers to pulls alone."""
    return lambda frames: change(frames) if frames[0].type is MessageType.OUTLINE else list(frames)


def on_end(change: Callable[[Complete], Complete]) -> Callable[[list[Frame]], list[Any]]:
    """Changes the last message of a pull."""

    def changed(frames: list[Frame]) -> list[Frame]:
        end = decode_message(frames[-1])
        assert isinstance(end, Complete)
        return [*frames[:-1], encode_message(change(end), frames[-1].exchange)]

    return on_pull(changed)


class HostileServerTests(LaptopTests):
    """Each test begins with a good replica at r3 and a change that waits at the server."""

    def setUp(self) -> None:
        super().setUp()
        self.found()
        self.context: Context = self.enrolled()
        sync(self.context)
        self.authority.commit(("deals/asia", DEALS, 1, self.deal(1, place=2)), ("deals/europe", DEALS, 2, self.deal(2)))

    def recovers(self) -> None:
        """An honest server is believed again."""
        self.server.meddle = None
        self.assert_same(self.context, sync(self.context))

    def test_threat_11_a_changed_record(self) -> None:
        def lie(frames: list[Frame]) -> list[Frame]:
            return [replace(frame, payload=frame.payload.replace(b"d1", b"dX").replace(b"d2", b"dX")) for frame in frames]

        self.server.meddle = on_pull(lie)
        # A patch without the key and a whole record with it: the lie reaches both the delta and the full copy that follows.
        self.refused(self.context, NotProven, "A full copy is not what the authority signed")
        self.assertEqual([bool(pull.streams) for pull in self.server.pulls[-2:]], [True, False])
        self.assertEqual(verify_context(self.context).cursor.sequence, 2)
        self.recovers()

    def test_a_window_that_is_withheld(self) -> None:
        self.server.meddle = on_pull(lambda frames: [*frames[:1], *frames[2:], b""])
        self.refused(self.context, NotProven, "not what the authority signed")
        self.recovers()

    def test_a_wrong_signature(self) -> None:
        def lie(end: Complete) -> Complete:
            signature = bytes([end.checkpoint.signature[0] ^ 1]) + end.checkpoint.signature[1:]
            return replace(end, checkpoint=Signed(end.checkpoint.statement, signature))

        self.server.meddle = on_end(lie)
        self.refused(self.context, NotProven, "signature does not verify")
        self.recovers()

    def test_another_key_signs(self) -> None:
        honest = self.authority.checkpoint_key
        self.authority.checkpoint_key = "thief"
        self.refused(self.context, NotProven, "signature does not verify")
        self.authority.checkpoint_key = honest
        self.recovers()

    def test_threat_9_an_older_checkpoint(self) -> None:
        sync(self.context)
        head = self.authority.checkpoint().statement
        for older in (replace(head, sequence=head.sequence - 1), replace(head, epoch=head.epoch - 1)):
            self.server.meddle = on_end(lambda end, older=older: replace(end, checkpoint=self.authority.signed(older)))
            self.refused(self.context, Failure, "Rollback|a checkpoint of 2 for head 3")

    def test_threat_9_a_restored_authority(self) -> None:
        self.authority.commit(("deals/asia", DEALS, 3, None))
        sync(self.context)
        self.context.replica_path.unlink()
        self.server.authority = type(self.authority)(self.authority.now, self.authority.certificate)
        self.authority, kept = self.server.authority, self.authority
        self.found()
        self.refused(self.context, NotProven, "Rollback: head r2, though r4 was verified here before")
        self.server.authority = self.authority = kept
        self.recovers()

    def test_threat_11_two_heads_of_one_sequence(self) -> None:
        sync(self.context)
        self.authority.chain = bytes(32)
        self.refused(self.context, NotProven, "Equivocation: two different heads r3")
        self.assertEqual(len(self.context.evidence_path.read_bytes()) % 2, 0)

    def test_threat_11_spliced_proofs(self) -> None:
        proofs = self.authority.tree()[0]
        self.authority.commit(("deals/asia", DEALS, 3, None))
        self.server.meddle = on_end(lambda end: replace(end, proofs=(proofs["deals/asia"], *end.proofs[1:])))
        self.refused(self.context, NotProven, "does not lead to the root")
        self.server.meddle = on_end(lambda end: replace(end, proofs=(end.proofs[1], end.proofs[0], *end.proofs[2:])))
        self.refused(self.context, NotProven, "does not lead to the root")
        self.server.meddle = on_end(lambda end: replace(end, proofs=end.proofs[:-1]))
        self.refused(self.context, Failure, "2 proofs for 3 streams")
        self.server.meddle = on_end(lambda end: replace(end, proofs=(None, *end.proofs[1:])))
        self.refused(self.context, NotProven, "not what the authority signed")
        self.recovers()

    def test_the_hello_shows_an_older_head(self) -> None:
        sync(self.context)
        older = replace(self.authority.checkpoint().statement, sequence=1)
        signed = self.authority.signed(older)
        self.authority.checkpoint = lambda: signed  # type: ignore[method-assign]
        self.refused(self.context, NotProven, "Rollback: head r1")
        self.assertEqual(len(self.server.pulls), 2)

    def test_threat_12_more_than_was_announced(self) -> None:
        self.server.meddle = on_pull(lambda frames: [*frames[:2], frames[1], *frames[2:]])
        self.refused(self.context, Failure, "does not go on")

    def test_streams_that_nobody_asked_for(self) -> None:
        sync(self.context, streams=("deals/europe",))
        self.authority.commit(("deals/europe", DEALS, 2, self.deal(2, place=2)))
        names = self.authority.names
        self.authority.names = lambda pull: sorted({*names(pull), "deals/asia"})  # type: ignore[method-assign]
        self.refused(self.context, Failure, "deals/asia, which was not asked for")
        self.authority.names = lambda pull: ["reference"]  # type: ignore[method-assign]
        self.refused(self.context, Failure, "an outline without deals/europe")

    def test_threat_1_lengths_above_their_caps(self) -> None:
        for head in ("ffffffff08000001", "0004000108000001", "0000040110000001", "0000000010020001", "0000000006010001"):
            with self.subTest(head=head):
                self.server.meddle = on_pull(lambda frames, head=head: [frames[0], bytes.fromhex(head)])
                self.refused(self.context, Failure, "broke the protocol")
        self.recovers()

    def test_truncated_and_changed_answers(self) -> None:
        random = Seeded(SEED)
        refused = 0
        for index in range(60):
            self.server.meddle = on_pull(lambda frames: self.mutated(frames, random))
            with self.subTest(seed=SEED, index=index):
                try:
                    sync(self.context)
                except (Failure, Offline):
                    refused += 1
                verify_context(self.context)
        self.assertGreater(refused, 20)
        self.recovers()

    def mutated(self, frames: list[Frame], random: Seeded) -> list[Frame]:
        """One of the frames with a few bytes changed, or shorter."""
        changed = list(frames)
        place = random.below(len(frames))
        payload = frames[place].payload
        payload = random.mutated(payload) if random.below(2) else payload[: random.below(len(payload))]
        changed[place] = replace(frames[place], payload=payload)
        return changed
