"""Messages: fields that contradict each other, and encoders that refuse."""

from __future__ import annotations

import unittest

from almanac import control, errors, hello, pull
from almanac.frames import Frame, MessageType
from almanac.messages import decode_message, encode_message
from almanac.places import Position
from almanac.reader import whole
from almanac.statements import DelegationChain, read_chain, write_chain
from almanac.writer import written
from tests import vectors


class MessageTests(unittest.TestCase):
    """Sections 9 to 12."""

    def refuse(self, error: type[errors.WireError], message_type: MessageType, payload: bytes) -> None:
        exchange = 0 if message_type in (MessageType.CLIENT_HELLO, MessageType.SERVER_HELLO) else 1
        last = exchange == 1 and message_type is not MessageType.OUTLINE
        with self.assertRaises(error):
            decode_message(Frame(message_type, last, exchange, payload))

    def test_a_position_lies_on_top_of_its_base(self) -> None:
        head = bytes.fromhex("0105 01 0161 05 01".replace(" ", ""))
        self.refuse(errors.NonCanonical, MessageType.PULL, head + bytes.fromhex("050101" "00"))
        self.refuse(errors.NonCanonical, MessageType.PULL, head + bytes.fromhex("040101" "00"))
        self.refuse(errors.OutOfRange, MessageType.PULL, head + bytes.fromhex("060101" "00"))

    def test_only_a_pull_of_nothing_received_has_epoch_0(self) -> None:
        self.refuse(errors.Inconsistent, MessageType.PULL, bytes.fromhex("0005 00 00".replace(" ", "")))
        self.refuse(errors.Inconsistent, MessageType.PULL, bytes.fromhex("0005010161000105010100"))
        self.assertIsInstance(decode_message(Frame(MessageType.PULL, True, 1, bytes(4))), pull.Pull)

    def test_a_checkpoint_needs_full_access(self) -> None:
        good = {vector["name"]: vector for vector in vectors.good_and_refused("messages")[0]}
        limited = bytes.fromhex(good["server hello, access 0"]["hex"])[8:]
        full = bytes.fromhex(good["server hello, access 2"]["hex"])[8:]
        checkpoint = full[full.index(bytes.fromhex("015f")) :]
        self.assertEqual(limited[-1:], b"\x00")
        self.refuse(errors.Inconsistent, MessageType.SERVER_HELLO, limited[:-1] + checkpoint)

    def test_a_delegation_chain_has_both_kinds_in_order(self) -> None:
        good = {vector["name"]: vector for vector in vectors.good_and_refused("messages")[0]}
        chain = whole(bytes.fromhex(good["delegation chain"]["hex"])[8:], read_chain)
        for first in (chain.certificate_authority, chain.checkpoint_key):
            swapped = DelegationChain(chain.root_key, first, chain.certificate_authority)
            with self.assertRaises(errors.Inconsistent):
                written(lambda writer: write_chain(writer, swapped))

    def test_flags_and_exchanges(self) -> None:
        samples = [(control.Ping(bytes(8)), 0), (control.Cancel(), 1), (pull.Outline(1, ()), 1), (pull.Pull(0, 0, (), ()), 1)]
        for message, exchange in samples:
            frame = encode_message(message, exchange)
            self.assertEqual(decode_message(frame), message)
            with self.assertRaises(errors.BadFlags):
                decode_message(Frame(frame.type, not frame.last, exchange, frame.payload))
            with self.assertRaises(errors.BadExchange):
                decode_message(Frame(frame.type, frame.last, 1 - exchange, frame.payload))

    def test_an_error_stands_anywhere(self) -> None:
        error = control.ErrorMessage(control.ErrorCode.BUSY, control.Fault.NOBODY, control.Retry.HERE_AFTER_A_WHILE, 5, "")
        for exchange in (0, 1, 65_535):
            self.assertEqual(decode_message(encode_message(error, exchange)), error)

    def test_encoders_refuse_what_decoders_refuse(self) -> None:
        for message in BAD_MESSAGES:
            with self.assertRaises(errors.WireError, msg=repr(message)):
                encode_message(message, 0 if isinstance(message, (hello.ClientHello, control.GoingAway)) else 1)


VERSIONS = hello.Versions(1, 1)
BAD_MESSAGES = [
    hello.ClientHello(hello.Versions(2, 1), "", (), None, None),
    hello.ClientHello(VERSIONS, "x" * 65, (), None, None),
    hello.ClientHello(VERSIONS, "", (2, 1), None, None),
    hello.ClientHello(VERSIONS, "\ud800", (), None, None),
    control.GoingAway("x" * 513),
    pull.Outline(2**63, ()),
    pull.Outline(1, (pull.OutlineEntry("b", 1), pull.OutlineEntry("a", 1))),
    pull.Outline(1, (pull.OutlineEntry("b", 2**40 + 1),)),
    pull.Outline(1, tuple(pull.OutlineEntry(f"s{index:03}", 1) for index in range(257))),
    pull.Pull(1, 1, (pull.PullStream("a", 2, None),), ()),
    pull.Pull(1, 1, (), ("a*",)),
    pull.Pull(1, 1, (), ("a",) * 65),
    pull.Pull(1, 1, (pull.PullStream("a", 0, Position(1, 0, 1)),), ()),
]
