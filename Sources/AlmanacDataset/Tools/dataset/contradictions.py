"""Where sources disagree: the noted contradictions, further ones that a person found, and those that a search reveals."""

from collections import Counter

from dataset.discrepancies import add_discrepancies
from dataset.inputs import Inputs, listed
from dataset.package import Package
from dataset.sums import add_sums

SCOPES = {"C": "within the articles", "X": "against other sources"}


def add_contradictions(package: Package, inputs: Inputs) -> None:
    for row in inputs.curated("quoted_figures"):
        package.add("observations", **row)
    sides = Sides(package)
    add_noted(package, inputs, sides)
    for row in inputs.curated("contradictions"):
        add_contradiction(package, row)
        sides.subjects(row["key"], listed(row["subjects"]))
    for row in inputs.curated("contradiction_sides"):
        sides.add(**row)
    sides.add(contradiction="release-of-gii-2025", says=package.rows["statements"]["002-006"]["statement"], statement="002-006")
    add_sums(package, sides)
    add_discrepancies(package, sides)
    for key in package.rows["contradictions"]:
        if sides.count[key] < 2:
            raise ValueError(f"the contradiction {key} has {sides.count[key]} sides")


def add_noted(package: Package, inputs: Inputs, sides: "Sides") -> None:
    """Those of conflicts.csv, with what a person made of the cause."""
    explanations = {row["conflict"]: row for row in inputs.curated("explanations")}
    for row in inputs.raw("conflicts.csv"):
        key = row["conflict_id"].lower()
        add_contradiction(package, {
            **explanations[row["conflict_id"]], "key": key, "topic": row["topic"], "positions": row["statements"],
            "scope": SCOPES[row["conflict_id"][0]]})
        for fact in row["fact_ids"].split():
            sides.add(contradiction=key, says=package.rows["statements"][fact]["statement"], statement=fact)


def add_contradiction(package: Package, row: dict[str, str]) -> None:
    package.add(
        "contradictions", key=row["key"], topic=row["topic"], positions=row["positions"], scope=row["scope"],
        causes=listed(row["causes"]), explanation=row["explanation"], is_explained=row["is_explained"] == "yes")


class Sides:
    """Adds sides, numbered within their contradiction, and the subjects that they are about."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.count: Counter[str] = Counter()

    def add(self, contradiction: str, says: str, **named: str) -> None:
        self.count[contradiction] += 1
        self.package.add(
            "contradiction_sides", key=f"{contradiction}/{self.count[contradiction]}", contradiction=contradiction, says=says,
            **{**named, "source": named.get("source") or self._source(named)})
        self.subjects(contradiction, self._subjects(named))

    def subjects(self, contradiction: str, subjects: list[str]) -> None:
        for subject in subjects:
            key = f"{contradiction}/{subject}"
            if not self.package.has("contradiction_subjects", key):
                self.package.add("contradiction_subjects", key=key, contradiction=contradiction, subject=subject)

    def _subjects(self, named: dict[str, str]) -> list[str]:
        rows = self.package.rows
        found = []
        if named.get("statement"):
            found.append(rows["statements"][named["statement"]]["subject"])
        if named.get("observation"):
            found.append(rows["observations"][named["observation"]]["subject"])
        if named.get("cluster_rank"):
            found.append("cluster/" + rows["cluster_ranks"][named["cluster_rank"]]["cluster"])
        if named.get("cluster_count"):
            found.append("economy/" + rows["cluster_counts"][named["cluster_count"]]["economy"])
        return found

    def _source(self, named: dict[str, str]) -> str:
        """The source of the record that a side names."""
        rows = self.package.rows
        if named.get("statement"):
            return rows["statements"][named["statement"]]["article"]
        for field, resource in (
            ("observation", "observations"), ("cluster_rank", "cluster_ranks"), ("cluster_count", "cluster_counts")
        ):
            if named.get(field):
                return rows[resource][named[field]]["source"]
        return ""
