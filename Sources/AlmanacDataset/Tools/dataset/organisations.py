"""Organisations that articles, tables and hubs name; those of the Scoreboard come with it."""

from dataset.inputs import Inputs
from dataset.package import Package


def add_organisations(package: Package, inputs: Inputs) -> None:
    for row in inputs.curated("organisations"):
        if not row["scoreboard"]:
            add_organisation(package, row, industry="")


def add_organisation(package: Package, row: dict[str, str], industry: str) -> None:
    package.add(
        "organisations", key=row["key"], name=row["name"], kind=row["kind"], economy=row["economy"], industry=industry,
        subject=package.subject("organisation", row["key"], row["name"]), note=row["note"])


def organisations_by_name(package: Package) -> dict[str, str]:
    result: dict[str, str] = {}
    for key, row in package.rows["organisations"].items():
        result.setdefault(row["name"], key)
    return result
