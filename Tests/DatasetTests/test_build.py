"""The committed package is what the inputs make."""

import json
import tempfile
import unittest
from pathlib import Path

from places import INPUTS, PACKAGE

from dataset.everything import build
from dataset.inputs import Inputs
from dataset.package import Package


class BuildTests(unittest.TestCase):
    def test_committed_files_are_what_the_inputs_make(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            package = Package.described_by(PACKAGE / "datapackage.json")
            build(package, Inputs(INPUTS))
            package.check()
            package.write(Path(folder))
            built = {path.name: path.read_bytes() for path in Path(folder).iterdir()}
        committed = {path.name: path.read_bytes() for path in PACKAGE.iterdir() if path.name != "datapackage.json"}
        self.assertEqual(sorted(built), sorted(committed))
        for name, content in built.items():
            self.assertTrue(content == committed[name], f"{name} is not what build_package.py makes")

    def test_a_dangling_reference_stops_the_build(self) -> None:
        package = Package.described_by(PACKAGE / "datapackage.json")
        package.add("economies", key="xx", code="XX", name="Nowhere", subject="economy/xx")
        with self.assertRaisesRegex(ValueError, "nothing has the key economy/xx"):
            package.check()

    def test_a_value_outside_the_schema_stops_the_build(self) -> None:
        package = Package.described_by(PACKAGE / "datapackage.json")
        package.add("subjects", key="star/sun", kind="star", name="Sun")
        with self.assertRaisesRegex(ValueError, "not one of the values allowed: star"):
            package.check()

    def test_a_key_cannot_come_twice(self) -> None:
        package = Package.described_by(PACKAGE / "datapackage.json")
        package.subject("world", "world", "World")
        with self.assertRaisesRegex(ValueError, "world/world is there twice"):
            package.subject("world", "world", "World")

    def test_everything_is_described(self) -> None:
        descriptor = json.loads((PACKAGE / "datapackage.json").read_text(encoding="utf-8"))
        for resource in descriptor["resources"]:
            self.assertTrue(resource["licenses"] and resource["sources"], resource["name"])
            for field in resource["schema"]["fields"]:
                self.assertTrue(field.get("title") and field.get("description"), f"{resource['name']}.{field['name']}")

    def test_tables_that_may_not_ship_are_not_here(self) -> None:
        names = [str(path).lower() for path in INPUTS.rglob("*")]
        for word in ("unctad", "9970", "/vc/", "ncses_105", "iso3166_regions"):
            allowed = ("10558",)
            self.assertEqual([name for name in names if word in name and not any(a in name for a in allowed)], [], word)


if __name__ == "__main__":
    unittest.main()
