"""Where the dataset and its tools are, and how its tables are read."""

import csv
import sys
from pathlib import Path

HOME = Path(__file__).resolve().parents[2] / "Sources" / "AlmanacDataset"
INPUTS = HOME / "Inputs"
PACKAGE = HOME / "Package"

sys.dont_write_bytecode = True
sys.path.insert(0, str(HOME / "Tools"))


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def collection(name: str) -> dict[str, dict[str, str]]:
    return {row["key"]: row for row in table(PACKAGE / f"{name}.csv")}
