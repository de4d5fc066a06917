"""Whom a line of a statistical table is about, and what is printed beside its name."""

import re

from dataset.economies import EconomyNames
from dataset.inputs import Inputs
from dataset.package import Package
from dataset.places import states_by_name

FOOTNOTE = re.compile(r"<sup>([a-z])</sup>")
OWN_YEAR = re.compile(r" \(([0-9]{4})\)$")

AGGREGATES = {
    "World": "world/world", "EU-27": "group/eu-27", "Total OECD": "group/oecd-members", "Yugoslavia": "group/yugoslavia",
    "European Patent Office": "organisation/european-patent-office",
    "Eurasian Patent Organization": "organisation/eurasian-patent-organization",
    "Gulf States Patent Office": "organisation/gulf-states-patent-office", "African IPO": "organisation/african-ipo",
    "African Regional IPO": "organisation/african-regional-ipo", "WIPO": "organisation/wipo",
    "U.S. total": "economy/us", "States total": "group/us-states-total", "U.S. undistributed": "group/us-undistributed",
    "Other": "group/us-other-areas",
}


class NcsesNames:
    """Finds the subject that a line of a table is about: an economy, a region of the table, an office, a state."""

    def __init__(self, package: Package, inputs: Inputs) -> None:
        self.economies = EconomyNames(package, inputs)
        self.groups = {
            row["name"].removesuffix(" (PCT table)"): row["subject"] for row in package.rows["groups"].values()
            if row["name"].endswith(" (PCT table)")}
        self.states = states_by_name(inputs)

    def subject(self, name: str) -> str:
        if name in AGGREGATES:
            return AGGREGATES[name]
        if name in self.groups:
            return self.groups[name]
        return f"economy/{self.economies.key(name)}"

    def state(self, name: str) -> str:
        return f"place/{self.states[name]}" if name in self.states else self.subject(name)


def clean(name: str) -> tuple[str, str]:
    """A name without its footnote marks, and a note that has them."""
    marks = FOOTNOTE.findall(name)
    return FOOTNOTE.sub("", name).strip(), marked("the name", marks)


def marked(what: str, marks: list[str]) -> str:
    return f"Footnote {', '.join(marks)} is printed beside {what}." if marks else ""


def notes(*texts: str) -> str:
    return " ".join(text for text in texts if text)


def named_year(printed: str) -> tuple[str, str, str]:
    """Name, note and year of a line: the newest column of "Australia (2019)" is of 2019, that of "Austria" of 2021."""
    name, note = clean(printed.split(" -> ")[-1])
    own = OWN_YEAR.search(name)
    if not own:
        return name, note, "2021"
    return OWN_YEAR.sub("", name), notes(note, f"The newest figures are of {own[1]}, as printed beside the name."), own[1]
