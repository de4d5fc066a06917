"""What is measured."""

from dataset.inputs import Inputs
from dataset.package import Package


def add_indicators(package: Package, inputs: Inputs) -> None:
    for row in inputs.curated("indicators"):
        package.add("indicators", **row)
