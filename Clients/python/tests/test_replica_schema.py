"""Values of every type, schemas that grow, and what they do not explain."""

from __future__ import annotations

from uuid import UUID

from almanac.client.syncing import sync
from almanac.replica.own import own_collections
from almanac.values import BOOLEAN, BYTES, DATE, DECIMAL, INSTANT, INTEGER, REFERENCE, TEXT, TEXT_SET, UUID_CODE, Decimal, Value
from tests.authority import schema, text
from tests.laptop import PLACES, LaptopTests

EVERYTHING = {
    "key": Value(TEXT, "a\0b \N{BUSTS IN SILHOUETTE}"),
    "yes": Value(BOOLEAN, True),
    "number": Value(INTEGER, -(2**63)),
    "share": Value(DECIMAL, Decimal(-22, 999_999_999_999_999)),
    "since": Value(DATE, -719_162),
    "until": Value(DATE, 2_932_896),
    "seen": Value(INSTANT, 1_790_000_000_250),
    "old": Value(INSTANT, -62_135_596_800_000),
    "uid": Value(UUID_CODE, UUID(int=7)),
    "raw": Value(BYTES, b"\x00\xff"),
    "tags": Value(TEXT_SET, ("", '"', "a\n")),
    "place": Value(REFERENCE, 2**63 - 1),
}


class SchemaTests(LaptopTests):
    """Sections 5 and 6."""

    def test_every_type_comes_back(self) -> None:
        codes = {name: value.code for name, value in EVERYTHING.items()}
        self.authority.commit(*schema(20, "everything", codes, {"place": 20}))
        values = dict(enumerate(EVERYTHING.values(), 1))
        zero = {4: Value(DECIMAL, Decimal(0, 0))}
        self.authority.commit(("all", 20, 1, values), ("all", 20, 2**63 - 1, {}), ("all", 20, 2, zero))
        context = self.enrolled()
        self.assert_same(context, sync(context))
        self.assertEqual(
            self.rows(context, f"SELECT {', '.join(EVERYTHING).replace('place', 'place_id')} FROM everything")[0],
            (
                "a\0b \N{BUSTS IN SILHOUETTE}",
                1,
                -(2**63),
                9.99999999999999e-8,
                "0001-01-01",
                "9999-12-31",
                "2026-09-21T14:13:20.250Z",
                "0001-01-01T00:00:00Z",
                "00000000-0000-0000-0000-000000000007",
                b"\x00\xff",
                '["","\\"","a\\n"]',
                2**63 - 1,
            ),
        )

    def test_what_the_schema_does_not_explain_is_kept_until_it_does(self) -> None:
        self.found()
        unknown = {1: text("k"), 7: Value(INTEGER, 9), 9: Value(200, b"later")}
        self.authority.commit(("notes", 40, 1, unknown), ("reference", PLACES, 1, {1: text("p1"), 3: text("new")}))
        context = self.enrolled()
        self.assert_same(context, sync(context))
        more = schema(PLACES, "places", {"key": TEXT, "name": TEXT, "story": TEXT})
        notes = schema(40, "notes", {"key": TEXT, **{f"f{number}": INTEGER for number in range(2, 8)}})
        self.authority.commit(*more, *notes)
        self.assert_same(context, sync(context))
        self.assertEqual(self.rows(context, "SELECT key, name, story FROM places WHERE id = 1"), [("p1", None, "new")])
        self.assertEqual(self.rows(context, "SELECT key, f7, stream FROM notes"), [("k", 9, "notes")])

    def test_a_value_of_another_type_than_the_schema_says(self) -> None:
        self.found()
        self.authority.commit(("reference", PLACES, 1, {1: text("p1"), 2: Value(INTEGER, 5)}))
        context = self.enrolled()
        self.assert_same(context, sync(context))
        self.authority.commit(("reference", PLACES, 1, {1: text("p1"), 2: text("five")}))
        self.assert_same(context, sync(context))
        self.assertEqual(self.rows(context, "SELECT name FROM places WHERE id = 1"), [("five",)])

    def test_names_that_may_not_stand_in_sql_make_no_view(self) -> None:
        evil = ['x" AS y, (SELECT 1) AS "z', "sqlite_evil", "Upper", "", "_c16", "places"]
        for number, name in enumerate(evil, 30):
            self.authority.commit(*schema(number, name, {"key": TEXT, 'a"b': TEXT, "id": TEXT, "stream": TEXT}))
            self.authority.commit(("notes", number, 1, {1: text("k"), 2: text("v"), 3: text("i"), 4: text("s")}))
        context = self.enrolled()
        self.assert_same(context, sync(context))
        views = {name for (name,) in self.rows(context, "SELECT name FROM sqlite_schema WHERE type = 'view'")}
        self.assertEqual(views, {collection.name for collection in own_collections().values()} | {"places"})
        self.assertEqual(self.rows(context, "SELECT * FROM places"), [("k", "i", "s", len(evil) * 2)])
