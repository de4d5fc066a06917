"""The files under Inputs: raw ones as they came, curated ones as a person decided."""

import csv
from pathlib import Path


class Inputs:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def raw(self, path: str) -> list[dict[str, str]]:
        return self._rows(self.folder / "raw" / path)

    def curated(self, name: str) -> list[dict[str, str]]:
        return self._rows(self.folder / "curated" / f"{name}.csv")

    def mapping(self, name: str, key: str, value: str) -> dict[str, str]:
        """Two columns of a curated table as a dictionary; a key that comes twice is an error."""
        result: dict[str, str] = {}
        for row in self.curated(name):
            if row[key] in result:
                raise ValueError(f"{name}: {row[key]} is there twice")
            result[row[key]] = row[value]
        return result

    def _rows(self, path: Path) -> list[dict[str, str]]:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        for number, row in enumerate(rows, start=2):
            if None in row or None in row.values():
                raise ValueError(f"{path.name}, line {number}: not as many cells as columns")
        return rows


def listed(text: str) -> list[str]:
    """The elements of a list as curated tables write it: separated by semicolons."""
    return [part.strip() for part in text.split(";") if part.strip()]
