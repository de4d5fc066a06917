"""A client with a folder of its own, an authority, and a server between them."""

from __future__ import annotations

import tempfile
import unittest
from contextlib import closing
from pathlib import Path
from typing import Any

import almanac
from almanac.client.clock import now_milliseconds
from almanac.client.context import Context
from almanac.client.enrolling import enrol
from almanac.client.looking import verify_context
from almanac.client.stepping import Synced
from almanac.client.syncing import sync
from almanac.failures import Failure
from almanac.values import DECIMAL, REFERENCE, TEXT, Decimal, Value
from tests.authority import Authority, schema, seed, text
from tests.certificates import Certificates
from tests.server import Server

PLACES, DEALS = 16, 17


class LaptopTests(unittest.TestCase):
    """Base of tests that need all three."""

    certificates: Certificates
    _shared: tempfile.TemporaryDirectory[str]

    @classmethod
    def setUpClass(cls) -> None:
        cls._shared = tempfile.TemporaryDirectory()
        cls.certificates = Certificates(Path(cls._shared.name) / "certificates", seed("root"))

    @classmethod
    def tearDownClass(cls) -> None:
        cls._shared.cleanup()

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.authority = Authority(now_milliseconds(), self.certificates.authority)
        self.server = Server(self.authority, self.certificates)
        self.addCleanup(self.server.stop)

    def found(self) -> None:
        """Two collections, two places, three deals."""
        places = schema(PLACES, "places", {"key": TEXT, "name": TEXT})
        deals = schema(DEALS, "deals", {"key": TEXT, "place": REFERENCE, "amount": DECIMAL}, {"place": PLACES})
        self.authority.commit(*places, *deals)
        rows = [("reference", PLACES, number, {1: text(f"p{number}"), 2: text(f"Place {number}")}) for number in (1, 2)]
        self.authority.commit(*rows, *(("deals/asia", DEALS, number, self.deal(number)) for number in (1, 2, 3)))

    def deal(self, number: int, place: int = 1) -> dict[int, Value]:
        """The values of a deal."""
        return {1: text(f"d{number}"), 2: Value(REFERENCE, place), 3: Value(DECIMAL, Decimal(-1, 10 * number + 5))}

    def enrolled(self) -> Context:
        """A context that is ready to sync."""
        return enrol(self.server.invitation, str(self.folder / "context")).context

    def assert_same(self, context: Context, done: Synced | None = None) -> None:
        """The replica has the authority's head, and its rows are the signed ones."""
        verified = verify_context(context)
        self.assertEqual(verified.cursor.sequence, self.authority.sequence)
        self.assertEqual(verified.records, len(self.authority.entries))
        if done is not None:
            self.assertEqual((done.sequence, done.records), (self.authority.sequence, len(self.authority.entries)))

    def rows(self, context: Context, sql: str) -> list[tuple[Any, ...]]:
        """What the local copy answers."""
        with closing(almanac.connect(context.folder)) as db:
            return db.execute(sql).fetchall()

    def refused(self, context: Context, kind: type[Failure], pattern: str) -> None:
        """A sync that fails so, and leaves the replica as it was."""
        before = context.replica_path.read_bytes() if context.replica_path.exists() else None
        with self.assertRaisesRegex(kind, pattern):
            sync(context)
        after = context.replica_path.read_bytes() if context.replica_path.exists() else None
        self.assertEqual(before, after)
