"""The package that is being built: rows by resource, checked against the descriptor."""

import csv
import json
import re
from decimal import Decimal
from pathlib import Path


class Package:
    def __init__(self, resources: list[dict]) -> None:
        self.resources = {resource["name"]: resource for resource in resources}
        self.rows: dict[str, dict[str, dict[str, str]]] = {name: {} for name in self.resources}

    @classmethod
    def described_by(cls, descriptor: Path) -> "Package":
        return cls(json.loads(descriptor.read_text(encoding="utf-8"))["resources"])

    def add(self, resource: str, **values: object) -> str:
        """Adds a row and returns its key. None and empty mean absent; a list is written as JSON."""
        fields = [field["name"] for field in self.resources[resource]["schema"]["fields"]]
        unknown = set(values) - set(fields)
        if unknown:
            raise ValueError(f"{resource} has no field {', '.join(sorted(unknown))}")
        row = {field: cell(values.get(field)) for field in fields}
        key = row["key"]
        if key in self.rows[resource]:
            raise ValueError(f"{resource}: the key {key} is there twice")
        self.rows[resource][key] = row
        return key

    def subject(self, kind: str, key: str, name: str) -> str:
        """Adds the subject of a record and returns its key."""
        return self.add("subjects", key=f"{kind}/{key}", kind=kind, name=name)

    def has(self, resource: str, key: str) -> bool:
        return key in self.rows[resource]

    def sort(self, *resources: str) -> None:
        """Orders rows by key, for collections that people look things up in."""
        for resource in resources:
            self.rows[resource] = dict(sorted(self.rows[resource].items()))

    def check(self) -> None:
        problems = [problem for name in self.resources for problem in self._problems(name)]
        if problems:
            raise ValueError(f"{len(problems)} problems:\n" + "\n".join(problems[:40]))

    def write(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for name, resource in self.resources.items():
            fields = [field["name"] for field in resource["schema"]["fields"]]
            with (folder / resource["path"]).open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, fields, lineterminator="\n")
                writer.writeheader()
                writer.writerows(self.rows[name].values())

    def _problems(self, name: str) -> list[str]:
        schema = self.resources[name]["schema"]
        problems = []
        for field in schema["fields"]:
            for key, row in self.rows[name].items():
                problem = misfit(row[field["name"]], field)
                if problem:
                    problems.append(f"{name} {key} {field['name']}: {problem}")
        for foreign in schema.get("foreignKeys", []):
            target = self.rows[foreign["reference"]["resource"] or name]
            for key, row in self.rows[name].items():
                value = row[foreign["fields"]]
                if value and value not in target:
                    problems.append(f"{name} {key} {foreign['fields']}: nothing has the key {value}")
        for field in (field["name"] for field in schema["fields"] if field.get("constraints", {}).get("unique")):
            values = [row[field] for row in self.rows[name].values()]
            problems += [f"{name} {field}: {value} is there twice" for value in set(values) if values.count(value) > 1] \
                if len(values) != len(set(values)) else []
        return problems


def cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False) if value else ""
    if isinstance(value, Decimal):
        return format(value, "f")
    return str(value)


def misfit(text: str, field: dict) -> str | None:
    """What is wrong with a cell, or None."""
    rules = field.get("constraints", {})
    if not text:
        return "required" if rules.get("required") else None
    if field["type"] == "number" and not re.fullmatch(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?", text):
        return f"not a number: {text}"
    if field["type"] == "number" and significant(text) > 15:
        return f"more than 15 digits: {text}"
    if field["type"] == "integer" and not re.fullmatch(r"-?(0|[1-9][0-9]*)", text):
        return f"not an integer: {text}"
    if "enum" in rules and text not in rules["enum"]:
        return f"not one of the values allowed: {text}"
    if "pattern" in rules and not re.fullmatch(rules["pattern"], text):
        return f"does not match {rules['pattern']}: {text}"
    if "maxLength" in rules and len(text) > rules["maxLength"]:
        return "too long"
    if "minimum" in rules and Decimal(text) < rules["minimum"]:
        return f"below {rules['minimum']}: {text}"
    if "maximum" in rules and Decimal(text) > rules["maximum"]:
        return f"above {rules['maximum']}: {text}"
    return None


def significant(text: str) -> int:
    """How many significant digits a number has, trailing zeros aside."""
    return len(Decimal(text).normalize().as_tuple().digits)
