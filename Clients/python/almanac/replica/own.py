"""Almanac's own collections, as section 6 fixes them."""

from __future__ import annotations

from almanac.replica.schema import SCHEMA_COLLECTION, SCHEMA_FIELD, SCHEMA_PACKAGE, Collection, Field
from almanac.values import INSTANT, INTEGER, REFERENCE, TEXT, TEXT_SET, UUID_CODE

TEAMS, ANNOTATIONS, CONFLICTS = 4, 5, 6

_Described = tuple[str, int] | tuple[str, int, int]


def _own(number: int, name: str, key_field: int | None, *fields: _Described) -> Collection:
    numbered = {index: Field(index, *content) for index, content in enumerate(fields, 1)}
    return Collection(number, name, key_field, numbered)


def own_collections() -> dict[int, Collection]:
    """Those that describe the dataset, and those in which people work together, by their numbers."""
    return {collection.number: collection for collection in [*_describing(), *_working()]}


def _describing() -> list[Collection]:
    return [
        _own(
            SCHEMA_COLLECTION, "schema_collection", 1,
            ("name", TEXT), ("title", TEXT), ("description", TEXT), ("base_stream", TEXT),
            ("partition_field", INTEGER), ("key_field", INTEGER), ("properties", TEXT),
        ),
        _own(
            SCHEMA_FIELD, "schema_field", None,
            ("collection", REFERENCE, SCHEMA_COLLECTION), ("number", INTEGER), ("name", TEXT), ("type", INTEGER),
            ("refers_to", REFERENCE, SCHEMA_COLLECTION), ("title", TEXT), ("description", TEXT), ("merge_rule", TEXT),
            ("properties", TEXT),
        ),
        _own(
            SCHEMA_PACKAGE, "schema_package", 1,
            ("name", TEXT), ("title", TEXT), ("description", TEXT), ("version", TEXT), ("open_streams", TEXT_SET),
            ("properties", TEXT),
        ),
    ]  # fmt: skip


def _working() -> list[Collection]:
    return [
        _own(TEAMS, "almanac_teams", 1, ("name", TEXT), ("title", TEXT), ("owners", TEXT_SET), ("members", TEXT_SET)),
        _own(
            ANNOTATIONS, "almanac_annotations", None,
            ("uuid", UUID_CODE), ("kind", TEXT), ("author", TEXT), ("created", INSTANT), ("edited", INSTANT), ("text", TEXT),
            ("tags", TEXT_SET), ("mentions", TEXT_SET), ("parent", REFERENCE, ANNOTATIONS), ("state", TEXT),
            ("closed_by", TEXT), ("target_collection", INTEGER), ("target_record", INTEGER), ("target_field", INTEGER),
            ("target_name", TEXT), ("seen", TEXT), ("seen_sequence", INTEGER), ("correction", TEXT), ("source", TEXT),
        ),
        _own(
            CONFLICTS, "almanac_conflicts", None,
            ("target_collection", INTEGER), ("target_record", INTEGER), ("target_field", INTEGER), ("target_name", TEXT),
            ("kind", TEXT), ("base", TEXT), ("mine", TEXT), ("server", TEXT), ("author", TEXT), ("operation", UUID_CODE),
            ("made", INSTANT), ("server_author", TEXT), ("server_sequence", INTEGER), ("state", TEXT), ("kept", TEXT),
            ("resolved_by", TEXT),
        ),
    ]  # fmt: skip
