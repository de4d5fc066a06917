"""One authority, two clients written independently of each other: their copies are the same."""

from __future__ import annotations

import json
import sqlite3
import tempfile
import unittest
from collections.abc import Set
from contextlib import closing
from pathlib import Path
from typing import Any

from programs import ROOT, Authority, Following, PythonClient, SwiftClient
from relay import Relay
from sample import Sample

SEED = 20_261_124
DEALS = 5_000


class CopiesTests(unittest.TestCase):
    """Base: an authority that holds a package, a relay in front of it, and the two clients."""

    authority: Authority
    relay: Relay

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def begin(self, package: Path) -> None:
        """Founds, imports, serves, and enrols both clients, the Python one through the relay."""
        self.authority = Authority(self.folder)
        self.authority.run("import", str(package))
        self.authority.serve()
        self.addCleanup(self.authority.stop)
        self.relay = Relay(self.authority.port)
        self.addCleanup(self.relay.stop)
        self.swift, self.python = SwiftClient(self.folder), PythonClient(self.folder)
        self.swift.run("enrol", self.authority.invite("swift", self.authority.port))
        self.python.run("enrol", self.authority.invite("python", self.relay.port))

    def sync_both(self) -> None:
        """Both clients at the head."""
        self.swift.run("sync")
        self.python.run("sync")

    def assert_same(self) -> None:
        """Same digests and counts of all streams, same rows in all views; both find them to be what the authority signed."""
        self.assertEqual(
            self.rows(self.swift.replica, "SELECT name, count, digest FROM almanac_stream ORDER BY name"),
            self.rows(self.python.replica, "SELECT name, count, digest FROM _streams ORDER BY name"),
        )
        collections = [row["name"] for row in self.rows(self.python.replica, "SELECT name FROM schema_collection")]
        self.assertGreater(len(collections), 1)
        for view in ["schema_collection", "schema_field", "schema_package", *collections]:
            sql = f"SELECT * FROM {view} ORDER BY id"
            sets = f"SELECT name FROM schema_field WHERE collection = '{view}' AND type = 9"
            names = {"open_streams", *(row["name"] for row in self.rows(self.python.replica, sets))}
            rows = self.rows(self.swift.replica, sql, names)
            self.assertTrue(rows, view)
            self.assertEqual(rows, self.rows(self.python.replica, sql, names), view)
        self.swift.run("verify")
        self.python.run("verify")

    def rows(self, path: Path, sql: str, sets: Set[str] = frozenset()) -> list[dict[str, Any]]:
        """Rows with the names of their columns. A set is a JSON array, which may be spelt in several ways."""
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
            found = db.execute(sql)
            names = [column[0] for column in found.description]
            return [
                {name: json.loads(cell) if name in sets and cell is not None else cell for name, cell in zip(names, row)}
                for row in found
            ]


class StarterPackageTests(CopiesTests):
    """The package that Almanac comes with."""

    def test_two_clients_have_the_same_copy(self) -> None:
        self.begin(ROOT / "Sources" / "AlmanacDataset" / "Package")
        self.sync_both()
        self.assert_same()


class ChangingPackageTests(CopiesTests):
    """A package that changes between syncs."""

    def setUp(self) -> None:
        super().setUp()
        self.sample = Sample(self.folder / "package", SEED, DEALS)
        self.begin(self.sample.folder)

    def test_two_clients_have_the_same_copy(self) -> None:
        self.sync_both()
        self.assert_same()
        self.sample.change(moved=300, changed=400, added=50, deleted=0)
        self.authority.run("import", str(self.sample.folder))
        self.python.run("sync")
        self.sample.change(moved=200, changed=100, added=20, deleted=130)
        self.import_with_deletions(130)
        self.sync_both()
        self.assert_same()
        self.sample.grow()
        self.authority.run("import", str(self.sample.folder))
        self.sample.change(moved=50, changed=50, added=0, deleted=40)
        self.import_with_deletions(40)
        self.sync_both()
        self.assert_same()
        self.assertEqual(len(self.rows(self.python.replica, "SELECT id FROM deals")), len(self.sample.deals))
        self.authority.run("check")

    def test_a_cut_goes_on_where_it_was(self) -> None:
        whole = self.python.run("sync")["received_bytes"]
        self.relay.limit = whole * 6 // 10
        failure = self.python.run("sync", "--full", expected=5)
        self.assertEqual((failure["message_type"], failure["code"]), ("error", "offline"))
        self.assertEqual(self.python.run("verify")["sequence"], 2, "the old copy is still there")
        self.sample.change(moved=10, changed=10, added=0, deleted=10)
        self.import_with_deletions(10)
        done = self.python.run("sync", "--full")
        self.assertLess(done["received_bytes"], whole * 7 // 10)
        self.relay.limit = None
        self.swift.run("sync")
        self.assert_same()

    def test_one_stream_of_several(self) -> None:
        self.python.run("sync", "--streams", "deals/asia", "deals/europe")
        self.sample.change(moved=500, changed=200, added=10, deleted=100)
        self.import_with_deletions(100)
        self.python.run("sync")
        self.swift.run("sync")
        wanted = "SELECT * FROM deals WHERE stream IN ('deals/asia', 'deals/europe') ORDER BY id"
        self.assertEqual(self.rows(self.python.replica, "SELECT * FROM deals ORDER BY id"), self.rows(self.swift.replica, wanted))
        self.python.run("verify")
        self.python.run("sync", "--streams", "*")
        self.assert_same()

    def test_two_clients_follow_rotations_asleep_and_awake(self) -> None:
        """Two rotations between syncs, and one while both are connected."""
        self.sync_both()
        for number in (2, 3):
            self.authority.rotate(number)
        self.sync_both()
        self.assert_same()
        followers = [self.swift.follow(), self.python.follow()]
        for follower in followers:
            self.addCleanup(follower.interrupt)
        self.sample.change(moved=10, changed=10, added=10, deleted=0)
        self.import_with_deletions(0)
        self.reach(followers, 3)
        self.authority.rotate(4)
        self.sample.change(moved=10, changed=10, added=10, deleted=0)
        self.import_with_deletions(0)
        self.reach(followers, 4)
        self.assert_same()

    def test_two_clients_follow_the_same_server(self) -> None:
        followers = [self.swift.follow(), self.python.follow()]
        for follower in followers:
            self.addCleanup(follower.interrupt)
        self.reach(followers, 2)
        for moved, changed, added, deleted in ((100, 50, 10, 0), (0, 200, 0, 60), (80, 0, 5, 5)):
            self.sample.change(moved, changed, added, deleted)
            self.import_with_deletions(deleted)
        self.reach(followers, 5)
        self.assert_same()
        self.authority.stop()
        self.sample.change(moved=60, changed=60, added=0, deleted=60)
        self.import_with_deletions(60)
        self.authority.serve()
        self.sample.grow()
        self.import_with_deletions(0)
        self.reach(followers, 7)
        self.sample.change(moved=10, changed=10, added=10, deleted=10)
        self.import_with_deletions(10)
        self.reach(followers, 8)
        self.assert_same()
        for follower in followers:
            self.assertEqual(follower.interrupt(), 130)
            heads = [line["to"] for line in follower.objects if line["message_type"] == "step"]
            self.assertEqual(heads, sorted(heads))
            self.assertGreater(len(set(heads)), 3)
        full = [line["to"] for line in followers[1].objects if line.get("full")]
        self.assertEqual(full, [2], "one first copy, and deltas alone behind it")
        self.swift.run("sync")
        self.python.run("sync")
        self.assert_same()
        self.assertEqual(len(self.rows(self.python.replica, "SELECT id FROM deals")), len(self.sample.deals))
        self.authority.run("check")

    def reach(self, followers: list[Following], sequence: int) -> None:
        """Until both have a head."""
        for follower in followers:
            follower.wait_for(sequence)

    def import_with_deletions(self, count: int) -> None:
        """The package is the whole truth: what it does not name is deleted."""
        self.authority.run("import", str(self.sample.folder), "--mode", "replace", "--confirm-deletions", str(count))
