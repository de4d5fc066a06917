"""Values in SQLite's columns: what comes back is what went in, to the last digit."""

from __future__ import annotations

import sqlite3
import unittest
from contextlib import closing
from uuid import UUID

from almanac import caps, values
from almanac.errors import OutOfRange
from almanac.replica.columns import declared_type, put, take
from almanac.values import Decimal, Value
from tests.seeds import Seeded

SEED = 20_261_125
ROUNDS = 2_000


class ColumnTests(unittest.TestCase):
    """Through a real table."""

    def test_random_values_come_back(self) -> None:
        random = Seeded(SEED)
        with closing(sqlite3.connect(":memory:")) as db:
            for code in range(values.BOOLEAN, values.REFERENCE + 1):
                db.execute(f"CREATE TABLE t{code} (v {declared_type(code)})")
                for index in range(ROUNDS):
                    value = self.value(code, random)
                    with self.subTest(seed=SEED, code=code, index=index, value=value):
                        db.execute(f"DELETE FROM t{code}")
                        db.execute(f"INSERT INTO t{code} VALUES (?)", (put(value),))
                        (stored,) = db.execute(f"SELECT v FROM t{code}").fetchone()
                        self.assertEqual(take(code, stored), value)

    def value(self, code: int, random: Seeded) -> Value:
        """Any value of the type, with its edges among them."""
        wide = random.number() >> random.below(64)
        content = {
            values.BOOLEAN: bool(wide & 1),
            values.INTEGER: wide - 2**63,
            values.DECIMAL: self.decimal(wide, random),
            values.TEXT: "".join(chr(random.below(0xD800)) for _ in range(random.below(5))),
            values.DATE: caps.DAYS_MIN + wide % (caps.DAYS_MAX - caps.DAYS_MIN + 1),
            values.INSTANT: caps.INSTANT_MIN + wide % (caps.INSTANT_MAX - caps.INSTANT_MIN + 1),
            values.UUID_CODE: UUID(int=wide),
            values.BYTES: wide.to_bytes(8, "big")[: random.below(9)],
            values.TEXT_SET: tuple(sorted({chr(random.below(0xD800)) for _ in range(random.below(4))}, key=str.encode)),
            values.REFERENCE: wide % (2**63 - 1) + 1,
        }[code]
        return Value(code, content)

    def decimal(self, wide: int, random: Seeded) -> Decimal:
        """A decimal; a significand of fifteen digits as often as a short one."""
        significand = wide % caps.SIGNIFICAND_LIMIT
        while significand and significand % 10 == 0:
            significand //= 10
        exponent = random.below(2 * caps.EXPONENT_MAX + 1) - caps.EXPONENT_MAX
        return Decimal(exponent if significand else 0, -significand if random.below(2) else significand)

    def test_what_nobody_put_there_is_refused(self) -> None:
        wrong = {
            values.BOOLEAN: [2, -1, 1.0, "1"],
            values.INTEGER: [1.0, "1", b"1"],
            values.DECIMAL: [1, "1", float("inf"), 1e-300, 1e300, 10.300000000000002],
            values.TEXT: [1, b"a"],
            values.DATE: ["", "2020-02-30", "10000-01-01", 5],
            values.INSTANT: ["", "2020-01-01", "2020-01-01T00:00:00", "2020-01-01T00:00:00.000Z", 5],
            values.UUID_CODE: ["", "0", 5],
            values.BYTES: ["", 5],
            values.TEXT_SET: ["", "{}", "[1]", "[", "[ ]", 5],
            values.REFERENCE: ["", 1.5],
        }
        for code, contents in wrong.items():
            for stored in contents:
                with self.subTest(code=code, stored=stored), self.assertRaises(OutOfRange):
                    take(code, stored)
