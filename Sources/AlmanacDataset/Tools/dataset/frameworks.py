"""Frameworks and their parts."""

from dataset.inputs import Inputs
from dataset.package import Package


def add_frameworks(package: Package, inputs: Inputs) -> None:
    for row in inputs.curated("frameworks"):
        package.add("frameworks", subject=package.subject("framework", row["key"], row["name"]), **row)
    for row in inputs.curated("framework_parts"):
        package.add("framework_parts", key=f"{row['framework']}/{row['position']}", **row)
