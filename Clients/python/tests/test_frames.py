"""Frames: caps at their edges, and who sends what."""

from __future__ import annotations

import struct
import unittest

from almanac import errors
from almanac.frames import MessageType, Side, decode_header


class FrameTests(unittest.TestCase):
    """Caps are compared before the payload is there."""

    def test_caps_at_their_edges(self) -> None:
        known = {message.value: message for message in MessageType}
        table = {1: 8192, 2: 32768, 3: 8192, 4: 32768, 5: 8192, 6: 65536, 7: 65536, 8: 262144, 9: 262144, 10: 0, 11: 0}
        table |= {12: 32768, 13: 8, 14: 8, 15: 1024, 16: 1024, 17: 262144, 18: 262144, 19: 1048576, 20: 65536}
        clients = {1, 3, 5, 6, 10, 11, 18}
        for code, cap in table.items():
            side = Side.CLIENT if code in clients else Side.SERVER
            header = decode_header(struct.pack(">IBBH", cap, code, 0, 1), side)
            self.assertEqual((header.length, header.type), (cap, known.get(code, code)))
            with self.assertRaises(errors.TooLarge):
                decode_header(struct.pack(">IBBH", cap + 1, code, 0, 1), side)

    def test_directions(self) -> None:
        for message in MessageType:
            for side in Side:
                self.check_direction(message, side)

    def check_direction(self, message: MessageType, side: Side) -> None:
        wrong = {Side.CLIENT: {2, 4, 7, 8, 9, 12, 17, 19}, Side.SERVER: {1, 3, 5, 6, 10, 11, 18}}[side]
        data = struct.pack(">IBBH", 0, message.value, 0, 0)
        if message.value in wrong:
            with self.assertRaises(errors.WrongDirection):
                decode_header(data, side)
        else:
            self.assertEqual(decode_header(data, side).type, message)
