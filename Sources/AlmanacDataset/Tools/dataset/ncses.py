"""The tables of the National Center for Science and Engineering Statistics, figure by figure."""

import re
from itertools import groupby

from dataset.inputs import Inputs
from dataset.ncses_figures import add_figure, figure
from dataset.ncses_names import NcsesNames, clean, marked, named_year, notes
from dataset.ncses_states import STATE_COLUMNS
from dataset.package import Package

PREFIX = "rd_by_economy/ncses_"


def add_ncses_tables(package: Package, inputs: Inputs) -> None:
    names = NcsesNames(package, inputs)
    add_pct_applications(package, inputs, names)
    add_sectors(package, inputs, names)
    add_ratios(package, inputs, names)
    add_states(package, inputs, names)


def add_pct_applications(package: Package, inputs: Inputs, names: NcsesNames) -> None:
    """Years are implied by order: the total of an economy, then 2000 onwards."""
    table = "ncses-10558"
    rows = inputs.raw(PREFIX + "10558_pct_applications_by_economy_2000_2022.csv")
    for path, lines in groupby(rows, key=lambda row: row["time_period"]):
        values = [line["value"] for line in lines]
        if len(values) != 24:
            raise ValueError(f"{table}: {path} has {len(values)} figures instead of 24")
        name, note = clean(path.split(" -> ")[-1])
        subject = names.subject(name)
        for year, value in zip([None, *range(2000, 2023)], values):
            indicator = "pct-applications" if year else "pct-applications-2000-2022"
            package.add(
                "observations", key=f"{table}/{subject.split('/')[1]}/{year or 'total'}", subject=subject, indicator=indicator,
                period=year or "2000-2022", year=year or 2022, value=figure(value), unit="applications", precision="exact",
                edition=table, source=table, note=note)


SECTORS = {
    ("GERD", ""): "gerd",
    ("R&D performing sector", "Business"): "gerd-performed-by-business",
    ("R&D performing sector", "Government"): "gerd-performed-by-government",
    ("R&D performing sector", "Higher education"): "gerd-performed-by-higher-education",
    ("R&D performing sector", "Private nonprofita"): "gerd-performed-by-private-nonprofit",
    ("R&D source of funds", "Business"): "gerd-funded-by-business",
    ("R&D source of funds", "Government"): "gerd-funded-by-government",
    ("R&D source of funds", "Other domestic"): "gerd-funded-by-other-domestic",
    ("R&D source of funds", "Rest of the world"): "gerd-funded-by-rest-of-the-world",
}


def add_sectors(package: Package, inputs: Inputs, names: NcsesNames) -> None:
    table = "ncses-10946"
    for row in inputs.raw(PREFIX + "10946_gerd_by_performer_and_source_2021.csv"):
        name, note, year = named_year(row["time_period"])
        top = re.split(r":|\s+\(", row["column_level_1"])[0]
        indicator = SECTORS[top, row["column_level_2"]]
        column = marked("the column", ["a"] if row["column_level_2"].endswith("nonprofita") else [])
        add_figure(
            package, table, names.subject(name), indicator, year, year, row["value"],
            "billion PPP dollars" if indicator == "gerd" else "percent", notes(note, column))


RATIOS = {
    ("GERD", "Current PPP dollars"): ("gerd", "billion PPP dollars"),
    ("GERD", "Constant (2015) PPP dollars"): ("gerd-constant-2015", "billion constant (2015) PPP dollars"),
    ("GDP", "Current PPP dollars"): ("gdp-ppp", "billion PPP dollars"),
    ("GERD compound annual growth rate", "Current PPP dollars"): ("gerd-growth", "percent"),
    ("GERD compound annual growth rate", "Constant (2015) PPP dollars"): ("gerd-growth-constant-2015", "percent"),
    ("GDP compound annual growth rate", "Current PPP dollars"): ("gdp-growth", "percent"),
}


def add_ratios(package: Package, inputs: Inputs, names: NcsesNames) -> None:
    table = "ncses-10978"
    for row in inputs.raw(PREFIX + "10978_gerd_gdp_ratio_by_economy_1990_2021.csv"):
        name, note, own = named_year(row["time_period"])
        levels = [row[f"_b_gerd_b_level_{number}"].strip() for number in range(1, 5)]
        if levels[0] == "GERD-to-GDP ratio (%)":
            indicator, unit, printed = "gerd-to-gdp-ratio", "percent", levels[1]
        elif levels[0] == "Longer-term growth rates":
            (indicator, unit), printed = RATIOS[levels[1], levels[2]], levels[3]
        else:
            (indicator, unit), printed = RATIOS[levels[0], levels[1]], levels[2]
        footnote = marked("the year", ["a"] if printed.endswith("a") else [])
        period, year = period_of(printed.removesuffix("a"), own)
        add_figure(package, table, names.subject(name), indicator, period, year, row["value"], unit, notes(note, footnote))


def period_of(printed: str, own: str) -> tuple[str, str]:
    """Period and last year of a column; the column of 2021 is of the economy's own newest year."""
    first, _, last = printed.partition("–")
    newest = last or first
    year = newest if len(newest) == 4 else first[:2] + newest
    year = own if year == "2021" else year
    return (f"{first}-{year}" if last else year), year


def add_states(package: Package, inputs: Inputs, names: NcsesNames) -> None:
    table = "ncses-8110"
    for row in inputs.raw(PREFIX + "8110_us_rd_by_state_2020.csv"):
        name, note = clean(row["state_level_2"] or row["state_level_1"])
        for column, (indicator, unit, footnote) in STATE_COLUMNS.items():
            add_figure(
                package, table, names.state(name), indicator, "2020", "2020", row[column], unit,
                notes(note, marked("the column", [footnote] if footnote else [])), "USD" if unit == "million" else "")
