"""Values and records: caps at their edges, and encoders that refuse."""

from __future__ import annotations

import unittest

from almanac import caps, errors, values
from almanac.records import Record, decode_record, encode_record
from almanac.values import Decimal, Value, decode_value, encode_value, normal_decimal


class ValueTests(unittest.TestCase):
    """Section 5."""

    def test_caps_of_values(self) -> None:
        for code in (values.TEXT, values.BYTES):
            self.assertEqual(len(encode_value(decode_value(code, b"a" * 65_536))), 65_536)
            with self.assertRaises(errors.TooLarge):
                decode_value(code, b"a" * 65_537)

    def test_caps_of_records(self) -> None:
        long = {field: Value(values.BYTES, bytes(65_000)) for field in (1, 2)}
        self.assertEqual(decode_record(encode_record(Record(16, 1, 1, long))).values, long)
        with self.assertRaises(errors.TooLarge):
            encode_record(Record(16, 1, 1, long | {3: Value(values.BYTES, bytes(2_000))}))
        with self.assertRaises(errors.TooLarge):
            decode_record(bytes(131_073))

    def test_values_of_another_type_are_refused(self) -> None:
        bad = [Value(0, b""), Value(256, b""), Value(1, 1), Value(2, 2**63), Value(3, Decimal(0, 10)), Value(4, b"")]
        bad += [Value(9, ("b", "a"))] + [Value(5, 2_932_897), Value(6, caps.INSTANT_MAX + 1), Value(10, 0), Value(4, "\ud800")]
        for value in bad:
            with self.assertRaises(errors.WireError, msg=repr(value)):
                encode_value(value)

    def test_decimals_of_columns_are_normalised_before_their_range_counts(self) -> None:
        self.assertEqual(normal_decimal(0, 10**18), Decimal(18, 1))
        self.assertEqual(normal_decimal(-23, 10), Decimal(-22, 1))
        self.assertEqual(normal_decimal(2**62, 0), Decimal(0, 0))
        for exponent, significand in [(22, 10), (-23, 1), (0, 10**15 + 1), (23, 1)]:
            with self.assertRaises(errors.OutOfRange):
                normal_decimal(exponent, significand)
