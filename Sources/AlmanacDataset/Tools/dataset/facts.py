"""The statements: every row of facts.csv, literally, with what it resolves to and its value as typed."""

import re

from dataset.clusters import ClusterNames
from dataset.economies import EconomyNames
from dataset.inputs import Inputs
from dataset.package import Package

NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
BOUND = re.compile(r"([0-9]+) or better")
YEARS = re.compile(r"([0-9]{4})(?:-([0-9]{4}))?")


def add_statements(package: Package, inputs: Inputs) -> None:
    subjects = FactSubjects(package, inputs)
    typed = FactValues(inputs)
    editions = inputs.mapping("printed_editions", "printed", "edition")
    publishers = inputs.mapping("printed_publishers", "printed", "publisher")
    indicators = inputs.mapping("fact_indicators", "printed", "indicator")
    for fact in inputs.raw("facts.csv"):
        prose = fact["kind"] in ("claim", "policy_framework", "organisation")
        package.add(
            "statements", key=fact["fact_id"], article=f"article-{fact['article']}", kind=fact["kind"],
            subject=subjects.key(fact), subject_printed=fact["subject"], subject_type=fact["subject_type"],
            indicator_printed=fact["indicator"], indicator="" if prose else indicators.get(fact["indicator"], ""),
            value_printed=fact["value"], unit=fact["unit"], currency=fact["currency"], period=fact["period"],
            edition_printed=fact["edition_or_report"],
            edition=editions[fact["edition_or_report"]] if fact["edition_or_report"] else "",
            publisher_printed=fact["original_publisher"],
            publisher=publishers[fact["original_publisher"]] if fact["original_publisher"] else "",
            qualifier=fact["qualifier"], notes=fact["notes"], statement=fact["statement"], **typed.of(fact))
    add_conflicts(package, inputs)


def add_conflicts(package: Package, inputs: Inputs) -> None:
    for fact in inputs.raw("facts.csv"):
        for other in fact["conflicts_with"].split():
            package.add("statement_conflicts", key=f"{fact['fact_id']}/{other}", statement=fact["fact_id"], other=other)


class FactSubjects:
    """Finds the subject of a fact. Where the curated table says nothing, the name itself has to be one that is there."""

    def __init__(self, package: Package, inputs: Inputs) -> None:
        self.curated = {(row["subject_type"], row["subject"]): row["key"] for row in inputs.curated("fact_subjects")}
        self.clusters = ClusterNames(inputs)
        self.economies = EconomyNames(package, inputs)
        self.named: dict[tuple[str, str], str] = {}
        for key, row in package.rows["subjects"].items():
            self.named.setdefault((row["kind"], row["name"]), key)

    def key(self, fact: dict[str, str]) -> str:
        kind, name = fact["subject_type"], fact["subject"]
        if (kind, name) in self.curated:
            return self.curated[kind, name]
        if kind == "cluster":
            return f"cluster/{self.clusters.key(name)}"
        if kind == "economy":
            return f"economy/{self.economies.key(name)}"
        found = self.named.get(({"program": "programme"}.get(kind, kind), "World" if name == "world" else name))
        if found is None:
            raise ValueError(f"{fact['fact_id']}: no {kind} is named {name}")
        return found


class FactValues:
    """The value of a fact as typed: one figure, bounds, how exact the words make it, and the years of its period."""

    def __init__(self, inputs: Inputs) -> None:
        self.qualifiers = {row["qualifier"]: row for row in inputs.curated("qualifiers")}
        self.periods = {row["period"]: row for row in inputs.curated("periods")}

    def of(self, fact: dict[str, str]) -> dict[str, str]:
        return {**self._figure(fact), **self._years(fact["period"])}

    def _figure(self, fact: dict[str, str]) -> dict[str, str]:
        text, qualifier = fact["value"], fact["qualifier"]
        words = self.qualifiers[qualifier] if qualifier else {"precision": "exact" if text else "", "bound": ""}
        figure = {"value": "", "lower": "", "upper": "", "precision": words["precision"]}
        bound = BOUND.fullmatch(text)
        if bound:
            figure["upper"] = bound[1]
        elif fact["unit"] != "date" and NUMBER.fullmatch(text):
            figure["value"] = text
            if words["bound"]:
                figure[words["bound"]] = text
        return figure

    def _years(self, period: str) -> dict[str, str]:
        if not period:
            return {}
        years = YEARS.fullmatch(period)
        if years:
            return {"year_from": years[1], "year_to": years[2] or years[1]}
        row = self.periods[period]
        return {"year_from": row["year_from"], "year_to": row["year_to"]}


def is_prose(fact: dict[str, str]) -> bool:
    """Whether a fact's kind says that it need not become a typed record."""
    return fact["kind"] in ("claim", "policy_framework", "program")
