"""Economies from datasets/country-codes, and how tables name them."""

from dataset.inputs import Inputs
from dataset.package import Package


def add_economies(package: Package, inputs: Inputs) -> None:
    for row in inputs.raw("reference/country_codes.csv"):
        code = row["ISO3166-1-Alpha-2"]
        name = row["CLDR display name"]
        package.add(
            "economies", key=code.lower(), code=code, name=name, region=row["Region Name"], subregion=row["Sub-region Name"],
            alpha3=row["ISO3166-1-Alpha-3"], numeric=row["ISO3166-1-numeric"].zfill(3),
            subject=package.subject("economy", code.lower(), name))


class EconomyNames:
    """Finds the economy that a table names, by its code's name or a curated alias; an unknown name is an error."""

    def __init__(self, package: Package, inputs: Inputs) -> None:
        self.keys = {row["name"]: key for key, row in package.rows["economies"].items()}
        for row in inputs.curated("aliases"):
            kind, _, key = row["subject"].partition("/")
            if kind == "economy":
                self.keys[row["alias"]] = key

    def key(self, name: str) -> str:
        if name not in self.keys:
            raise ValueError(f"no economy is named {name}")
        return self.keys[name]

    def find(self, name: str) -> str | None:
        return self.keys.get(name)
