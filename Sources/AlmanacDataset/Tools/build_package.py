#!/usr/bin/env python3
"""Builds the starter package's CSV files from Inputs.

    python3 Sources/AlmanacDataset/Tools/build_package.py [FOLDER]

writes every CSV file that Package/datapackage.json describes into FOLDER (Package itself unless given). The same inputs
give the same bytes. What does not fit the schema, or names something that is not there, stops the build.
"""

import argparse
from pathlib import Path

from dataset.everything import build
from dataset.inputs import Inputs
from dataset.package import Package

HOME = Path(__file__).resolve().parent.parent


def main() -> None:
    parser = argparse.ArgumentParser(description="Builds the starter package's CSV files from Inputs.")
    parser.add_argument("folder", nargs="?", type=Path, default=HOME / "Package", help="where they go; Package unless given")
    target = parser.parse_args().folder
    package = Package.described_by(HOME / "Package" / "datapackage.json")
    build(package, Inputs(HOME / "Inputs"))
    package.check()
    package.write(target)
    for name, rows in package.rows.items():
        print(f"{name}: {len(rows)}")


if __name__ == "__main__":
    main()
