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

    def test_what_deflate_cannot_give_is_not_inflated(self) -> None:
        chunk = Writer()
        for number in (1, 16, 1, 1_032 * 5 + 1, 1):
            chunk.varint(number)
        chunk.blob(b"\xff" * 5)
        with self.assertRaisesRegex(errors.InflateFailed, "5 bytes of deflate data cannot give 5161"):
            decode_window(window([chunk.data]))

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

    def test_entries_that_nothing_uses_are_checked(self) -> None:
        def columns(entry: bytes) -> Callable[[Writer], None]:
            return lambda body: body.raw(b"\x01\x01\x04\x00\x02\x02\x01\x01a" + entry + b"\x00")

        decode_window(window([deflated_chunk(1, 16, 1, columns(b"b"))]))
        with self.assertRaises(errors.NotUTF8):
            decode_window(window([deflated_chunk(1, 16, 1, columns(b"\xff"))]))

    def test_nulls_of_a_patch_weigh_and_those_of_a_record_do_not(self) -> None:
        def columns(body: Writer) -> None:
            body.varint(40)
            for field in range(1, 41):
                body.raw(written(lambda writer: writer.varint(field)) + b"\x02\x01" + bytes(2_500) + b"\x00")

        decode_window(window([deflated_chunk(1, 16, 20_000, columns)]))
        with self.assertRaises(errors.TooLarge):
            decode_window(window([deflated_chunk(2, 16, 20_000, columns)]))

    def test_the_weight_is_that_of_the_window(self) -> None:
        def columns(body: Writer) -> None:
            body.varint(20)
            for field in range(1, 21):
                body.raw(written(lambda writer: writer.varint(field)) + b"\x02\x00\x00" + bytes(15_000))

        chunks = [deflated_chunk(1, collection, 15_000, columns) for collection in (16, 17)]
        decode_window(window(chunks[:1]))
        with self.assertRaises(errors.TooLarge):
            decode_window(window(chunks))

    def test_records_of_a_window_have_the_cap_of_a_record(self) -> None:
        def columns(body: Writer) -> None:
            body.varint(3)
            for field in (1, 2, 3):
                for number in (field, values.BYTES, 0, 0, 50_000):
                    body.varint(number)
                body.raw(bytes(50_000))

        with self.assertRaises(errors.TooLarge):
            decode_window(window([deflated_chunk(1, 16, 1, columns)]))
