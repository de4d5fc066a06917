"""Cities, regions, districts and the states of the United States."""

from dataset.inputs import Inputs
from dataset.package import Package


def add_places(package: Package, inputs: Inputs) -> None:
    for row in inputs.curated("us_states"):
        add_place(package, {**row, "kind": "state", "within": ""})
    for row in inputs.curated("places"):
        add_place(package, row)


def add_place(package: Package, row: dict[str, str]) -> None:
    package.add(
        "places", key=row["key"], name=row["name"], kind=row["kind"], economy=row["economy"], within=row["within"],
        subject=package.subject("place", row["key"], row["name"]), note=row["note"])


def states_by_code(inputs: Inputs) -> dict[str, str]:
    return inputs.mapping("us_states", "code", "key")


def states_by_name(inputs: Inputs) -> dict[str, str]:
    return inputs.mapping("us_states", "name", "key")
