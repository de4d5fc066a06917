"""Teams, annotations and conflicts in the local copy, also in one that an older client has made."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from unittest.mock import patch
from uuid import UUID

from almanac.client.context import Context
from almanac.client.syncing import sync
from almanac.replica import applying, tables
from almanac.replica.own import ANNOTATIONS, CONFLICTS, TEAMS, own_collections
from almanac.values import INSTANT, INTEGER, REFERENCE, TEXT, TEXT_SET, UUID_CODE, Value
from tests.authority import Values, schema, text
from tests.laptop import LaptopTests

UID = UUID("a7a7a7a7-a7a7-a7a7-a7a7-a7a7a7a7a7a7")
TEAM: Values = {1: text("apac"), 2: text("Asia"), 3: Value(TEXT_SET, ("lea",)), 4: Value(TEXT_SET, ("lea", "mika"))}
NOTE: Values = {
    1: Value(UUID_CODE, UID),
    2: text("correction"),
    3: text("mika"),
    4: Value(INSTANT, 1_790_000_000_250),
    6: text("Fund II closed"),
    7: Value(TEXT_SET, ("deal",)),
    10: text("open"),
    12: Value(INTEGER, 17),
    13: Value(INTEGER, 1),
    18: text("9.9"),
}
REPLY: Values = {1: Value(UUID_CODE, UUID(int=1)), 3: text("lea"), 6: text("Yes"), 9: Value(REFERENCE, 1)}
CONFLICT: Values = {
    1: Value(INTEGER, 17),
    2: Value(INTEGER, 1),
    3: Value(INTEGER, 3),
    5: text("value"),
    6: text("10.3"),
    7: text("9.9"),
    8: text("10.1"),
    10: Value(UUID_CODE, UID),
    11: Value(INSTANT, 0),
    14: text("open"),
}


@contextmanager
def older_client() -> Iterator[None]:
    """A client that knew collections 1 to 3."""
    describing = {number: collection for number, collection in own_collections().items() if number < TEAMS}
    with ExitStack() as patches:
        for module in (applying, tables):
            patches.enter_context(patch.object(module, "own_collections", lambda: describing))
        yield


class WorkingCollectionTests(LaptopTests):
    """Section 6, collections 4 to 6."""

    def commit_work(self) -> None:
        """A team, an annotation with a reply, a conflict."""
        self.authority.commit(("roster/apac", TEAMS, 1, TEAM))
        self.authority.commit(("team/apac", ANNOTATIONS, 1, NOTE), ("team/apac", ANNOTATIONS, 2, REPLY))
        self.authority.commit(("curation", CONFLICTS, 1, CONFLICT))

    def assert_work_is_shown(self, context: Context) -> None:
        """By the names of section 6."""
        teams = self.rows(context, "SELECT name, title, owners, members, stream FROM almanac_teams")
        self.assertEqual(teams, [("apac", "Asia", '["lea"]', '["lea","mika"]', "roster/apac")])
        columns = "uuid, kind, author, created, text, tags, state, target_collection, target_record, correction, stream"
        note = (str(UID), "correction", "mika", "2026-09-21T14:13:20.250Z", "Fund II closed", '["deal"]')
        shown = self.rows(context, f"SELECT {columns} FROM almanac_annotations WHERE id = 1")
        self.assertEqual(shown, [(*note, "open", 17, 1, "9.9", "team/apac")])
        replies = self.rows(context, "SELECT parent, parent_id, kind FROM almanac_annotations WHERE id = 2")
        self.assertEqual(replies, [(1, 1, None)])
        columns = "target_collection, target_field, kind, base, mine, server, operation, made, state, stream"
        self.assertEqual(
            self.rows(context, f"SELECT {columns} FROM almanac_conflicts"),
            [(17, 3, "value", "10.3", "9.9", "10.1", str(UID), "1970-01-01T00:00:00Z", "open", "curation")],
        )

    def test_they_need_no_schema(self) -> None:
        self.found()
        self.commit_work()
        context = self.enrolled()
        self.assert_same(context, sync(context))
        self.assert_work_is_shown(context)

    def test_the_schema_does_not_explain_them(self) -> None:
        self.found()
        self.authority.commit(*schema(ANNOTATIONS, "remarks", {"key": TEXT}), *schema(20, "teams", {"key": TEXT}))
        self.commit_work()
        context = self.enrolled()
        self.assert_same(context, sync(context))
        self.assert_work_is_shown(context)

    def made_by_an_older_client(self) -> Context:
        """A copy with tables for three of Almanac's own collections."""
        context = self.enrolled()
        with older_client():
            self.assert_same(context, sync(context))
        return context

    def test_threat_23_a_file_of_an_older_client_goes_on(self) -> None:
        self.found()
        context = self.made_by_an_older_client()
        self.assert_same(context)
        self.assertEqual(self.rows(context, "SELECT name FROM sqlite_schema WHERE name IN ('_c5', 'almanac_annotations')"), [])
        inode = context.replica_path.stat().st_ino
        self.assert_same(context, sync(context))
        self.assertEqual(self.rows(context, "SELECT count(*) FROM almanac_annotations"), [(0,)], "a sync without news is enough")
        self.commit_work()
        self.assert_same(context, sync(context))
        self.assert_work_is_shown(context)
        self.assertEqual(context.replica_path.stat().st_ino, inode, "the file was not built anew")

    def test_what_an_older_client_kept_unexplained_is_explained(self) -> None:
        self.found()
        self.commit_work()
        context = self.made_by_an_older_client()
        self.assert_same(context)
        self.assertEqual(self.rows(context, "SELECT name FROM sqlite_schema WHERE name IN ('_c5', 'almanac_annotations')"), [("_c5",)])
        self.assert_same(context, sync(context))
        self.assert_work_is_shown(context)
        self.assertEqual(self.rows(context, "SELECT count(*) FROM _c5 WHERE _rest IS NOT NULL"), [(0,)])

    def test_what_was_unexplained_is_patched(self) -> None:
        self.found()
        self.commit_work()
        context = self.made_by_an_older_client()
        self.authority.commit(("team/apac", ANNOTATIONS, 2, {**REPLY, 6: text("No")}))
        self.assert_same(context, sync(context))
        reply = self.rows(context, "SELECT uuid, text, parent FROM almanac_annotations WHERE id = 2")
        self.assertEqual(reply, [(str(UUID(int=1)), "No", 1)])

    def test_an_older_file_in_which_a_package_had_such_a_name(self) -> None:
        self.found()
        self.authority.commit(*schema(20, "almanac_teams", {"key": TEXT}), ("notes", 20, 1, {1: text("k")}))
        context = self.made_by_an_older_client()
        self.assert_same(context)
        self.assertEqual(self.rows(context, "SELECT key FROM almanac_teams"), [("k",)])
        self.commit_work()
        self.assert_same(context, sync(context))
        self.assert_work_is_shown(context)
