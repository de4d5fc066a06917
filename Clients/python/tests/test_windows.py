"""Windows: deflated bodies that grow, and caps at their edges."""

from __future__ import annotations

import tracemalloc
import unittest
import zlib
from collections.abc import Callable

from almanac import errors, values
from almanac.chunks import inflate
from almanac.windows import decode_window
from almanac.writer import Writer, written


def window(chunks: list[bytes]) -> bytes:
    """A window of `a`, from 0 to 1, of so many chunks."""
    head = bytes.fromhex("0161 00 01 01 ffff03 ffffffffffffffff7f".replace(" ", ""))
    return head + written(lambda writer: writer.varint(len(chunks))) + b"".join(chunks)


def deflated_chunk(kind: int, collection: int, rows: int, columns: Callable[[Writer], None]) -> bytes:
    """A chunk of records 1 to `rows`, all of sequence 1."""
    body = Writer()
    body.raw(b"\x02" * rows + b"\x02" + b"\x00" * (rows - 1))
    columns(body)
    machine = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = machine.compress(body.data) + machine.flush()
    chunk = Writer()
    for number in (kind, collection, rows, len(body.data), 1):
        chunk.varint(number)
    chunk.blob(data)
    return chunk.data


class WindowTests(unittest.TestCase):
    """Section 13."""

    def test_inflating_stops_at_the_announced_size(self) -> None:
        machine = zlib.compressobj(9, zlib.DEFLATED, -15)
        data = machine.compress(bytes(1 << 24)) + machine.flush()
        tracemalloc.start()
        with self.assertRaises(errors.InflateFailed):
            inflate(data, 100)
        self.assertLess(tracemalloc.get_traced_memory()[1], 1 << 20)
        tracemalloc.stop()
        self.assertEqual(len(inflate(data, 1 << 24)), 1 << 24)

    def test_rows_of_a_window(self) -> None:
        chunks = [deflated_chunk(3, collection, 40_000, lambda body: body.varint(0)) for collection in (16, 17)]
        self.assertEqual(len(decode_window(window(chunks[:1])).changes), 40_000)
        with self.assertRaises(errors.TooLarge):
            decode_window(window(chunks))

    def test_a_dictionary_does_not_multiply_without_end(self) -> None:
        def columns(body: Writer) -> None:
            body.varint(1)
            for number in (1, values.TEXT, 0, 2, 1, 60_000):
                body.varint(number)
            body.raw(b"a" * 60_000 + bytes(300))

        with self.assertRaises(errors.TooLarge):
            decode_window(window([deflated_chunk(1, 16, 300, columns)]))

    def test_records_of_a_window_have_the_cap_of_a_record(self) -> None:
        def columns(body: Writer) -> None:
            body.varint(3)
            for field in (1, 2, 3):
                for number in (field, values.BYTES, 0, 0, 50_000):
                    body.varint(number)
                body.raw(bytes(50_000))

        with self.assertRaises(errors.TooLarge):
            decode_window(window([deflated_chunk(1, 16, 1, columns)]))
