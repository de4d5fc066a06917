"""A data package with a type of each kind, several streams, and rows that move."""

from __future__ import annotations

import csv
import json
import random
from pathlib import Path

REGIONS = ("Asia", "Europe", "North America", "Africa")
PLACES = [
    {
        "key": "tokyo",
        "name": "Tōkyō",
        "share": "10.3",
        "since": "2020-02-29",
        "seen": "2021-01-01T00:00:00.250Z",
        "large": "true",
        "number": "-7",
        "uid": "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
        "tags": '["a","b \\"c\\"","é\\n"]',
    },
    {
        "key": "paris",
        "name": '=Paris, "la" ville',
        "share": "-0.00000000000000012",
        "since": "0001-01-01",
        "seen": "1969-12-31T23:59:59Z",
        "large": "false",
        "number": "9223372036854775807",
        "uid": "",
        "tags": "[]",
    },
    {
        "key": "lagos",
        "name": "",
        "share": "123456789012345",
        "since": "",
        "seen": "",
        "large": "",
        "number": "",
        "uid": "",
        "tags": "",
    },
]
TYPES = {
    "name": {"type": "string"},
    "share": {"type": "number"},
    "since": {"type": "date"},
    "seen": {"type": "datetime"},
    "large": {"type": "boolean"},
    "number": {"type": "integer"},
    "uid": {"type": "string", "format": "uuid"},
    "tags": {"type": "array"},
}
KEY = {"name": "key", "type": "string", "constraints": {"required": True, "unique": True}, "almanac:id": 1}


def _field(name: str, number: int, **more: object) -> dict[str, object]:
    return {"name": name, "almanac:id": number, **more}


def _resource(name: str, number: int, stream: str, fields: list, **more: object) -> dict[str, object]:
    schema = {"fields": [KEY, *fields], "primaryKey": "key", **({"foreignKeys": more.pop("keys")} if "keys" in more else {})}
    return {"name": name, "path": f"{name}.csv", "almanac:id": number, "almanac:stream": stream, "schema": schema, **more}


def descriptor(with_notes: bool) -> dict[str, object]:
    """The package; its deals have `stage` only when it has notes too."""
    places = [_field(name, number, **content) for number, (name, content) in enumerate(TYPES.items(), 2)]
    deals = [
        _field("region", 2, type="string", constraints={"required": True}),
        _field("place", 3, type="string"),
        _field("amount", 4, type="number"),
        _field("text", 5, type="string"),
    ]
    keys = [{"fields": "place", "reference": {"resource": "places", "fields": "key"}}]
    resources = [
        _resource("places", 16, "reference", places),
        _resource(
            "deals",
            17,
            "deals",
            [*deals, *([_field("stage", 6, type="string")] if with_notes else [])],
            keys=keys,
            **{"almanac:partition": "region"},
        ),
    ]
    if with_notes:
        resources.append(_resource("notes", 18, "notes", [_field("deal", 2, type="string")]))
    return {"name": "interoperability", "almanac:openStreams": ["notes"], "resources": resources}


class Sample:
    """The package's files, and rows that change by a seed."""

    def __init__(self, folder: Path, seed: int, deals: int) -> None:
        self.folder = folder
        self._random = random.Random(seed)
        self._with_notes = False
        self._made = deals
        self.deals = {f"d{number}": self._deal() for number in range(deals)}
        folder.mkdir()
        self.write()

    def _deal(self) -> dict[str, str]:
        pick = self._random
        return {
            "region": pick.choice(REGIONS),
            "place": pick.choice(["tokyo", "paris", "lagos", ""]),
            "amount": str(pick.randrange(-(10**9), 10**9) / 1_000),
            "text": pick.randbytes(150).hex(),
        }

    def change(self, moved: int, changed: int, added: int, deleted: int) -> None:
        """So many deals of each kind; all are different ones."""
        keys = self._random.sample(sorted(self.deals), moved + changed + deleted)
        for key in keys[:moved]:
            others = [region for region in REGIONS if region != self.deals[key]["region"]]
            self.deals[key] |= {"region": self._random.choice(others)}
        for key in keys[moved : moved + changed]:
            self.deals[key] |= {"amount": str(self._random.randrange(10**6)), "place": ""}
        for key in keys[moved + changed :]:
            del self.deals[key]
        for number in range(self._made, self._made + added):
            self.deals[f"d{number}"] = self._deal()
        self._made += added
        self.write()

    def grow(self) -> None:
        """A field and a collection more."""
        self._with_notes = True
        for number, key in enumerate(sorted(self.deals)):
            self.deals[key] |= {"stage": f"stage {number % 3}"} if number % 7 == 0 else {}
        self.write()

    def write(self) -> None:
        """All files."""
        (self.folder / "datapackage.json").write_text(json.dumps(descriptor(self._with_notes)), encoding="utf-8")
        self._table("places", ["key", *TYPES], PLACES)
        stage = ["stage"] if self._with_notes else []
        self._table(
            "deals", ["key", "region", "place", "amount", "text", *stage], [{"key": key} | row for key, row in self.deals.items()]
        )
        if self._with_notes:
            self._table("notes", ["key", "deal"], [{"key": f"n{number}", "deal": f"about d{number}"} for number in range(5)])

    def _table(self, name: str, columns: list[str], rows: list[dict[str, str]]) -> None:
        with open(self.folder / f"{name}.csv", "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="")
            writer.writeheader()
            writer.writerows(rows)
