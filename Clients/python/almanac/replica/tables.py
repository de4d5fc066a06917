"""The tables and views of a replica.

A collection has the table `_c` and its number, with a column for every field that was ever explained by the schema, and a view
with the names of the schema. A column keeps the type with which it was made (`_columns`); what has another type, or no column,
stands in `_rest` as canonical bytes. No name of a peer begins with an underscore, so none meets one of these.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from almanac import values
from almanac.replica.columns import declared_type, has_column
from almanac.replica.own import own_collections
from almanac.replica.schema import Collection, Field, Schema, add_collection, add_field

APPLICATION_ID = 0x616C6D70
VERSION = 1

FIXED_TABLES = (
    "CREATE TABLE _replica (id INTEGER PRIMARY KEY CHECK (id = 1), dataset BLOB NOT NULL, epoch INTEGER NOT NULL,"
    " sequence INTEGER NOT NULL, checkpoint BLOB NOT NULL, delegations BLOB NOT NULL, synced INTEGER NOT NULL)",
    "CREATE TABLE _streams (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, digest BLOB NOT NULL,"
    " count INTEGER NOT NULL, proof BLOB)",
    "CREATE TABLE _columns (collection INTEGER NOT NULL, field INTEGER NOT NULL, type INTEGER NOT NULL,"
    " PRIMARY KEY (collection, field)) WITHOUT ROWID",
    "CREATE TABLE _tables (collection INTEGER PRIMARY KEY)",
)


@dataclass(frozen=True, slots=True)
class Layout:
    """The table of a collection: its columns, as fields and their types, in the order in which they are read and written."""

    collection: int
    columns: tuple[tuple[int, int], ...]

    @property
    def names(self) -> str:
        """The columns of a row, as SQL."""
        return ", ".join(["id", "_stream", "_sequence", "_rest", *(f"f{field}" for field, _ in self.columns)])


def create_fixed_tables(db: sqlite3.Connection) -> None:
    """What every replica has from its beginning."""
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {VERSION}")
    for statement in FIXED_TABLES:
        db.execute(statement)
    for collection in own_collections().values():
        add_columns(db, collection)


def read_layouts(db: sqlite3.Connection) -> dict[int, Layout]:
    """The tables that there are."""
    columns: dict[int, list[tuple[int, int]]] = {number: [] for (number,) in db.execute("SELECT collection FROM _tables")}
    for collection, field, code in db.execute("SELECT collection, field, type FROM _columns ORDER BY collection, field"):
        columns[collection].append((field, code))
    return {number: Layout(number, tuple(found)) for number, found in columns.items()}


def create_table(db: sqlite3.Connection, collection: int) -> None:
    """The table of a collection, as yet without columns for fields."""
    db.execute(
        f"CREATE TABLE _c{collection} (id INTEGER PRIMARY KEY, _stream INTEGER NOT NULL, _sequence INTEGER NOT NULL, _rest BLOB)"
    )
    db.execute("INSERT INTO _tables VALUES (?)", (collection,))


def add_columns(db: sqlite3.Connection, collection: Collection) -> bool:
    """The table and the columns that a collection of the schema lacks; whether there were any."""
    number = collection.number
    if not db.execute("SELECT 1 FROM _tables WHERE collection = ?", (number,)).fetchone():
        create_table(db, number)
    there = {field for (field,) in db.execute("SELECT field FROM _columns WHERE collection = ?", (number,))}
    missing = [field for field in collection.fields.values() if field.number not in there and has_column(field.code)]
    for field in missing:
        db.execute(f"ALTER TABLE _c{number} ADD COLUMN f{field.number} {declared_type(field.code)}")
        db.execute("INSERT INTO _columns VALUES (?, ?, ?)", (number, field.number, field.code))
    return bool(missing)


def lacks_own_columns(db: sqlite3.Connection) -> bool:
    """Whether the file was made when Almanac had fewer collections of its own."""
    return _own_with_columns(db).keys() != own_collections().keys()


def _own_with_columns(db: sqlite3.Connection) -> dict[int, Collection]:
    there = {number: {field for field, _ in layout.columns} for number, layout in read_layouts(db).items()}
    return {number: each for number, each in own_collections().items() if each.fields.keys() <= there.get(number, set())}


def read_schema(db: sqlite3.Connection) -> dict[int, Collection]:
    """The schema that the records of collections 1 and 2 say, behind those of Almanac's own that have their columns."""
    schema = _own_with_columns(db)
    for number, name, key_field in db.execute("SELECT id, f1, f6 FROM _c1 ORDER BY id"):
        add_collection(schema, number, name, key_field)
    for owner, number, name, code, refers_to in db.execute("SELECT f1, f2, f3, f4, f5 FROM _c2 ORDER BY id"):
        add_field(schema, owner, Field(number, name, code, refers_to))
    return schema


def drop_views(db: sqlite3.Connection) -> None:
    """All views, which `create_views` makes again."""
    for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'view'").fetchall():
        db.execute(f'DROP VIEW "{name}"')


def create_views(db: sqlite3.Connection, schema: Schema) -> None:
    """A view for each collection of the schema, and an index for each key and each reference."""
    layouts = read_layouts(db)
    for statement in view_statements(schema, layouts).values():
        db.execute(statement)
    for collection in schema.values():
        if collection.number in layouts:
            _create_indexes(db, collection, layouts[collection.number])


def view_statements(schema: Schema, layouts: dict[int, Layout]) -> dict[str, str]:
    """The views that a schema asks for, by their names. Names that begin with `sqlite_` are SQLite's own."""
    return {
        collection.name: view_statement(collection, layouts[collection.number], schema, layouts)
        for collection in schema.values()
        if collection.number in layouts and not collection.name.startswith("sqlite_")
    }


def read_views(db: sqlite3.Connection) -> dict[str, str]:
    """The views and triggers that there are, by their names."""
    return dict(db.execute("SELECT name, sql FROM sqlite_schema WHERE type IN ('view', 'trigger')"))


def _create_indexes(db: sqlite3.Connection, collection: Collection, layout: Layout) -> None:
    for field, code in layout.columns:
        if field == collection.key_field or code == values.REFERENCE:
            name = f"_c{collection.number}_f{field}"
            db.execute(f"CREATE INDEX IF NOT EXISTS {name} ON _c{collection.number} (f{field})")


def view_statement(collection: Collection, layout: Layout, schema: Schema, layouts: dict[int, Layout]) -> str:
    """The view of a collection: `id`, its fields, `stream`, `sequence`; a reference as the key, and as an id in NAME`_id`.

    Where a field has the name of one of the others, the field stands.
    """
    there = dict(layout.columns)
    fields = [collection.fields[number] for number in sorted(collection.fields) if number in there]
    taken = {field.name for field in fields}
    shown = [] if "id" in taken else ['c.id AS "id"']
    shown += [f'{_shown(field, schema, layouts)} AS "{field.name}"' for field in fields]
    more = {"stream": "(SELECT name FROM _streams WHERE id = c._stream)", "sequence": "c._sequence"}
    more |= {f"{field.name}_id": f"c.f{field.number}" for field in fields if field.code == values.REFERENCE}
    shown += [f'{expression} AS "{name}"' for name, expression in more.items() if name not in taken]
    return f'CREATE VIEW "{collection.name}" AS SELECT {", ".join(shown)} FROM _c{collection.number} AS c'


def _shown(field: Field, schema: Schema, layouts: dict[int, Layout]) -> str:
    """The field's column, or for a reference the key of the record at which it points."""
    column = f"c.f{field.number}"
    target = schema.get(field.refers_to) if field.code == values.REFERENCE and field.refers_to is not None else None
    layout = layouts.get(target.number) if target is not None else None
    if target is None or layout is None or target.key_field not in dict(layout.columns):
        return column
    return f"(SELECT f{target.key_field} FROM _c{target.number} WHERE id = {column})"
