"""Every fact is a statement, literally, and every fact that is more than prose is a typed record."""

import json
import unittest
from decimal import Decimal

from places import INPUTS, PACKAGE, collection, table

LITERAL = {
    "subject_printed": "subject", "subject_type": "subject_type", "kind": "kind", "indicator_printed": "indicator",
    "value_printed": "value", "unit": "unit", "currency": "currency", "period": "period",
    "edition_printed": "edition_or_report", "publisher_printed": "original_publisher", "qualifier": "qualifier",
    "notes": "notes", "statement": "statement",
}
PROSE = ("claim", "policy_framework", "program")


class FactsTests(unittest.TestCase):
    def setUp(self) -> None:
        self.facts = table(INPUTS / "raw" / "facts.csv")
        self.statements = collection("statements")

    def test_every_fact_is_there_as_printed(self) -> None:
        self.assertEqual(len(self.facts), 417)
        self.assertEqual(set(self.statements), {fact["fact_id"] for fact in self.facts})
        for fact in self.facts:
            statement = self.statements[fact["fact_id"]]
            self.assertEqual(statement["article"], f"article-{fact['article']}")
            for field, column in LITERAL.items():
                self.assertEqual(statement[field], fact[column], f"{fact['fact_id']} {field}")

    def test_a_number_is_typed(self) -> None:
        for fact in self.facts:
            statement = self.statements[fact["fact_id"]]
            try:
                number = Decimal(fact["value"])
            except ArithmeticError:
                self.assertEqual(statement["value"], "", fact["fact_id"])
            else:
                self.assertEqual(Decimal(statement["value"]), number, fact["fact_id"])

    def test_bounds_are_bounds(self) -> None:
        def bounds(fact: str) -> tuple[str, ...]:
            return tuple(self.statements[fact][name] for name in ("value", "lower", "upper", "precision"))

        self.assertEqual(bounds("003-025"), ("", "", "5", "at most"))
        self.assertEqual(bounds("003-039"), ("", "", "10", "at most"))
        self.assertEqual(bounds("000-006"), ("20", "", "20", "nearly"))
        self.assertEqual(bounds("004-134"), ("11", "11", "", "more than"))
        self.assertEqual(bounds("004-109"), ("500", "", "500", "less than"))
        self.assertEqual(bounds("004-105"), ("10", "", "10", "estimated"))
        self.assertEqual(bounds("002-029"), ("10.3", "", "", "exact"))

    def test_what_is_more_than_prose_is_a_typed_record(self) -> None:
        typed = self.typed()
        for fact in self.facts:
            if fact["kind"] not in PROSE:
                self.assertIn(fact["fact_id"], typed, f"{fact['kind']}: {fact['statement']}")

    def test_a_figure_in_a_typed_record_is_the_statement_s(self) -> None:
        for name in ("observations", "investments", "awards"):
            for key, row in collection(name).items():
                if row["statement"] and row["value"]:
                    statement = self.statements[row["statement"]]
                    for field in ("value", "unit", "currency"):
                        self.assertEqual(row[field], statement[field], f"{name} {key} {field}")

    def test_words_of_an_investment_are_the_statement_s(self) -> None:
        for key, row in collection("investments").items():
            if row["value_text"]:
                self.assertEqual(row["value_text"], self.statements[row["statement"]]["value_printed"], key)

    def test_amounts_are_exact(self) -> None:
        units = {"million": 10**6, "billion": 10**9, "trillion": 10**12, "": 1}
        for name in ("investments", "awards"):
            for key, row in collection(name).items():
                if row["amount"]:
                    self.assertEqual(Decimal(row["amount"]), Decimal(row["value"]) * units[row["unit"]], f"{name} {key}")
                    self.assertRegex(row["currency"], "^[A-Z]{3}$")

    def test_conflicts_are_pairs_and_each_is_in_a_contradiction(self) -> None:
        sides: dict[str, set[str]] = {}
        for row in table(PACKAGE / "contradiction_sides.csv"):
            sides.setdefault(row["contradiction"], set()).add(row["statement"])
        expected = {(fact["fact_id"], other) for fact in self.facts for other in fact["conflicts_with"].split()}
        pairs = {(row["statement"], row["other"]) for row in table(PACKAGE / "statement_conflicts.csv")}
        self.assertEqual(pairs, expected)
        for pair in pairs:
            self.assertTrue(any(set(pair) <= statements for statements in sides.values()), pair)

    def test_every_noted_contradiction_is_there_with_its_statements(self) -> None:
        contradictions = collection("contradictions")
        sides = table(PACKAGE / "contradiction_sides.csv")
        for conflict in table(INPUTS / "raw" / "conflicts.csv"):
            key = conflict["conflict_id"].lower()
            self.assertEqual(contradictions[key]["topic"], conflict["topic"])
            self.assertEqual(contradictions[key]["positions"], conflict["statements"])
            stated = {row["statement"] for row in sides if row["contradiction"] == key and row["statement"]}
            self.assertEqual(stated, set(conflict["fact_ids"].split()), key)

    def typed(self) -> set[str]:
        descriptor = json.loads((PACKAGE / "datapackage.json").read_text(encoding="utf-8"))
        found: set[str] = set()
        for resource in descriptor["resources"]:
            if resource["name"] in ("statements", "statement_conflicts", "contradiction_sides"):
                continue
            if any(field["name"] == "statement" for field in resource["schema"]["fields"]):
                found |= {row["statement"] for row in table(PACKAGE / resource["path"])}
        return found


if __name__ == "__main__":
    unittest.main()
