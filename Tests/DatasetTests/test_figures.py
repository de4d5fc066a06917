"""How one cell of a statistical table, a name and a fact's value are read."""

import unittest

from places import INPUTS, PACKAGE

from dataset.facts import FactValues
from dataset.inputs import Inputs
from dataset.ncses_figures import add_figure
from dataset.ncses_names import clean, named_year
from dataset.package import Package
from dataset.text import slug


class FigureTests(unittest.TestCase):
    def figure(self, printed: str) -> tuple[str, ...] | None:
        package = Package.described_by(PACKAGE / "datapackage.json")
        add_figure(package, "ncses-8110", "place/iowa", "us-rd-all", "2020", "2020", printed, "million", "", "USD")
        row = next(iter(package.rows["observations"].values()), None)
        return row and tuple(row[name] for name in ("value", "lower", "upper", "precision", "note"))

    def test_a_number_is_a_value(self) -> None:
        self.assertEqual(self.figure("4480"), ("4480", "", "", "exact", ""))
        self.assertEqual(self.figure("4,480.50"), ("4480.50", "", "", "exact", ""))

    def test_a_range_is_two_bounds(self) -> None:
        self.assertEqual(self.figure("28,195 - 29,371 "), ("", "28195", "29371", "unspecified", ""))

    def test_a_mark_goes_to_the_note(self) -> None:
        self.assertEqual(self.figure("12i"), ("12", "", "", "exact", "Marked i: imputed value."))
        self.assertEqual(self.figure("12 r"), ("12", "", "", "exact", "Marked r: revised value."))

    def test_what_is_missing_is_not_there(self) -> None:
        for printed in ("na", "NA", "", "D"):
            self.assertIsNone(self.figure(printed))

    def test_anything_else_stops_the_build(self) -> None:
        for printed in ("about 5", "1-2", "--"):
            with self.assertRaises(ValueError):
                self.figure(printed)

    def test_names_lose_marks_and_years(self) -> None:
        self.assertEqual(clean("EU-27<sup>b</sup>"), ("EU-27", "Footnote b is printed beside the name."))
        name, note, year = named_year("Non-OECD -> Russia (2020)")
        self.assertEqual((name, year), ("Russia", "2020"))
        self.assertIn("2020", note)
        self.assertEqual(named_year("Austria"), ("Austria", "", "2021"))

    def test_keys_are_made_of_names(self) -> None:
        self.assertEqual(slug("São Paulo"), "sao-paulo")
        self.assertEqual(slug("Xi'an"), "xian")
        self.assertEqual(slug("Shenzhen–Hong Kong–Guangzhou"), "shenzhen-hong-kong-guangzhou")
        self.assertEqual(slug("AT&T"), "at-and-t")

    def test_an_unknown_qualifier_stops_the_build(self) -> None:
        values = FactValues(Inputs(INPUTS))
        with self.assertRaises(KeyError):
            values.of({"value": "5", "qualifier": "perhaps", "unit": "", "period": ""})


if __name__ == "__main__":
    unittest.main()
