"""Programmes and initiatives."""

from dataset.inputs import Inputs
from dataset.package import Package


def add_programmes(package: Package, inputs: Inputs) -> None:
    for row in inputs.curated("programmes"):
        package.add("programmes", subject=package.subject("programme", row["key"], row["name"]), **row)
