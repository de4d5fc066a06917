"""What changes in the file of a replica after a sync."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from almanac.client.looking import verify_context
from almanac.client.syncing import sync
from almanac.failures import NotProven
from tests.laptop import LaptopTests


class RottenRowsTests(LaptopTests):
    """`verify` reads what is there."""

    def test_threat_23_verify_finds_what_rotted(self) -> None:
        self.found()
        context = self.enrolled()
        sync(context)
        honest = context.replica_path.read_bytes()
        attacks = [
            "UPDATE _c17 SET f1 = 'dX' WHERE id = 1",
            "UPDATE _c17 SET f3 = 1.25 WHERE id = 1",
            "UPDATE _c17 SET f3 = 'a' WHERE id = 1",
            "UPDATE _c17 SET f3 = 1.5000000000000002 WHERE id = 1",
            "UPDATE _c17 SET _stream = 1 WHERE id = 1",
            "UPDATE _c17 SET _stream = 99 WHERE id = 1",
            "UPDATE _c17 SET _rest = x'ff' WHERE id = 1",
            "UPDATE _c17 SET id = 9 WHERE id = 1",
            "DELETE FROM _c17 WHERE id = 1",
            "INSERT INTO _c17 (id, _stream, _sequence) VALUES (9, 1, 2)",
            "UPDATE _streams SET count = 4 WHERE name = 'deals/asia'",
            "UPDATE _streams SET digest = zeroblob(2048)",
            "UPDATE _streams SET proof = NULL",
            "UPDATE _replica SET sequence = 1",
            "UPDATE _replica SET checkpoint = zeroblob(200)",
            "UPDATE _replica SET delegations = zeroblob(600)",
            "DELETE FROM _replica",
            "DROP VIEW deals",
            "CREATE VIEW more AS SELECT 1",
            "CREATE TRIGGER t AFTER DELETE ON _c17 BEGIN SELECT 1; END",
            "UPDATE _columns SET type = 2 WHERE collection = 17 AND field = 1",
            "INSERT INTO _tables VALUES (99)",
        ]
        for attack in attacks:
            with self.subTest(attack=attack):
                context.replica_path.write_bytes(honest)
                with closing(sqlite3.connect(context.replica_path)) as db:
                    db.execute(attack)
                    db.commit()
                with self.assertRaises(NotProven):
                    verify_context(context)
        context.replica_path.write_bytes(honest)
        self.assert_same(context)

    def test_threat_23_a_view_that_says_something_else(self) -> None:
        self.found()
        context = self.enrolled()
        sync(context)
        with closing(sqlite3.connect(context.replica_path)) as db:
            (view,) = db.execute("SELECT sql FROM sqlite_schema WHERE name = 'deals'").fetchone()
            db.execute("DROP VIEW deals")
            db.execute(view.replace('c.f3 AS "amount"', 'c.f3 + 1 AS "amount"'))
            db.commit()
        self.assertEqual(self.rows(context, "SELECT amount FROM deals WHERE id = 1"), [(2.5,)])
        with self.assertRaisesRegex(NotProven, "The views are not those of the schema"):
            verify_context(context)
        self.assert_same(context, sync(context, full=True))
