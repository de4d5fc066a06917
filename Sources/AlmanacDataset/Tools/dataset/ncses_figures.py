"""One figure of a statistical table: a number, a range, a marked number, or nothing."""

import re

from dataset.ncses_names import notes
from dataset.package import Package
from dataset.text import slug

FIGURE = re.compile(r"-?[0-9]+(\.[0-9]+)?")
RANGE = re.compile(r"([0-9,]+) - ([0-9,]+) ?")
# D: suppressed to avoid disclosure of confidential information.
MISSING = ("na", "NA", "", "D")
MARKS = {"i": "imputed value", "r": "revised value"}


def add_figure(
    package: Package, table: str, subject: str, indicator: str, period: str, year: str, printed: str, unit: str, note: str,
    currency: str = "",
) -> None:
    """One figure of a table; what is missing there is missing here, a range becomes its two bounds."""
    text = printed.strip()
    if text in MISSING:
        return
    mark = MARKS.get(text[-1], "")
    span = RANGE.fullmatch(printed)
    package.add(
        "observations", key="/".join([table, subject.split("/")[1], indicator, slug(period)]), subject=subject,
        indicator=indicator, period=period, year=year,
        value="" if span else figure(text[:-1].strip() if mark else text), lower=plain(span[1]) if span else "",
        upper=plain(span[2]) if span else "", unit=unit, currency=currency, precision="unspecified" if span else "exact",
        edition=table, source=table, note=notes(note, f"Marked {text[-1]}: {mark}." if mark else ""))


def plain(text: str) -> str:
    return text.replace(",", "")


def figure(text: str) -> str:
    value = plain(text)
    if not FIGURE.fullmatch(value):
        raise ValueError(f"not a figure: {text}")
    return value
