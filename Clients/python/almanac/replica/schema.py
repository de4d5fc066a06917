"""The schema of a dataset (section 6), as the records of collections 1 and 2 say it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from almanac import caps

SCHEMA_COLLECTION, SCHEMA_FIELD, SCHEMA_PACKAGE = 1, 2, 3
OWN_COLLECTIONS = range(1, 16)
"""Almanac's own: no record of the schema says anything about them."""

_IDENTIFIER = re.compile(r"[a-z][a-z0-9_]{0,62}")


def is_identifier(name: object) -> bool:
    """Whether a name from the schema may stand in SQL, in quotation marks."""
    return isinstance(name, str) and _IDENTIFIER.fullmatch(name) is not None


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a collection; `refers_to` is the collection that a reference points at."""

    number: int
    name: str
    code: int
    refers_to: int | None = None


@dataclass(slots=True)
class Collection:
    """A typed table; its fields by their numbers."""

    number: int
    name: str
    key_field: int | None = None
    fields: dict[int, Field] = field(default_factory=dict)


Schema = Mapping[int, Collection]


def add_collection(schema: dict[int, Collection], number: int, name: object, key_field: object) -> None:
    """A record of collection 1. One that says nothing sensible is passed over: its records are kept all the same."""
    taken = {collection.name for collection in schema.values()}
    if number in OWN_COLLECTIONS or not 1 <= number <= caps.COLLECTION_MAX or not is_identifier(name) or name in taken:
        return
    schema[number] = Collection(number, str(name), key_field if isinstance(key_field, int) else None)


def add_field(schema: dict[int, Collection], collection: object, made: Field) -> None:
    """A record of collection 2. One that says nothing sensible is passed over: the field's values are kept all the same."""
    owner = schema.get(collection) if isinstance(collection, int) and collection not in OWN_COLLECTIONS else None
    if owner is None or not isinstance(made.number, int) or not isinstance(made.code, int):
        return
    taken = {each.name for each in owner.fields.values()}
    if 1 <= made.number <= caps.FIELD_MAX and is_identifier(made.name) and made.name not in taken:
        owner.fields[made.number] = made
