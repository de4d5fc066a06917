"""What a search over the tables reveals: the same thing printed twice, and not the same."""

from decimal import Decimal
from typing import TYPE_CHECKING

from dataset.package import Package

if TYPE_CHECKING:
    from dataset.contradictions import Sides

RANK_FIELDS = {
    "cluster-rank": "rank", "intensity-rank": "intensity_rank", "share-of-patent-applications": "share_pct_filings",
    "share-of-publications": "share_publications", "share-of-vc-deals": "share_vc_deals",
}


def add_discrepancies(package: Package, sides: "Sides") -> None:
    previous_ranks(package, sides)
    totals_of_applications(package, sides)
    regions_of_companies(package, sides)
    statements_against_ranks(package)
    expenditure_of_two_tables(package)


def add_found(package: Package, key: str, topic: str, positions: str, causes: list[str], explanation: str) -> None:
    package.add(
        "contradictions", key=key, topic=topic, positions=positions, scope="between tables", causes=causes,
        explanation=explanation, is_explained="unexplained" not in causes)


def previous_ranks(package: Package, sides: "Sides") -> None:
    """A previous rank as printed that is not the rank of the edition before."""
    ranks = package.rows["cluster_ranks"]
    for key, row in ranks.items():
        year = int(row["edition"].removeprefix("gii-"))
        earlier = f"gii-{year - 1}/{row['cluster']}"
        published = ranks.get(earlier, {}).get("rank")
        if not row["previous_rank"] or not published or published == row["previous_rank"]:
            continue
        found = f"previous-rank-{row['cluster']}-{year}"
        add_found(
            package, found, f"rank of {row['name_printed']} in {year - 1}",
            f"{row['previous_rank']} as the previous rank in the edition of {year}; {published} in that of {year - 1}",
            ["unexplained"], row["notes"])
        sides.add(found, f"Previous rank printed in {year}: {row['previous_rank']}", cluster_rank=key)
        sides.add(found, f"Rank of {year - 1}: {published}", cluster_rank=earlier)


def totals_of_applications(package: Package, sides: "Sides") -> None:
    """Totals of the table of PCT applications that are not the sum of their years."""
    figures = package.rows["observations"]
    differing = []
    for key, row in figures.items():
        if row["indicator"] != "pct-applications-2000-2022":
            continue
        years = sum(int(figures[f"{key.removesuffix('/total')}/{year}"]["value"]) for year in range(2000, 2023))
        if years != int(row["value"]):
            differing.append((key, row, years))
    if not differing:
        return
    found = "totals-of-pct-applications"
    widest = max(abs(years - int(row["value"])) for _, row, years in differing)
    add_found(
        package, found, "totals in the table of PCT applications and the sums of their years",
        f"{len(differing)} totals differ from the sum of their 23 years, by {widest} at most", ["unexplained"],
        "The table does not say how the totals were made.")
    for key, row, years in differing:
        name = package.rows["subjects"][row["subject"]]["name"]
        sides.add(found, f"{name}: total {row['value']}; sum of the table's years {years}", observation=key)


def regions_of_companies(package: Package, sides: "Sides") -> None:
    """Companies that two editions of the Scoreboard count to different regions."""
    first: dict[str, dict[str, str]] = {}
    for row in package.rows["company_figures"].values():
        earlier = first.setdefault(row["organisation"], row)
        if earlier["region_printed"] == row["region_printed"]:
            continue
        organisation = package.rows["organisations"][row["organisation"]]
        found = f"region-of-{row['organisation']}"
        add_found(
            package, found, f"region of {row['name_printed']} in the Scoreboard",
            f"{earlier['region_printed']} ({earlier['country_printed']}) in 2023; {row['region_printed']} in 2024", ["edition", "unexplained"],
            "Two editions; the tables do not say why. The company is matched by its printed name.")
        sides.add(found, f"Edition 2023: {earlier['country_printed']}, {earlier['region_printed']}", source=earlier["source"])
        sides.add(found, f"Edition 2024: {row['region_printed']}", source=row["source"])
        sides.subjects(found, [organisation["subject"]])


def statements_against_ranks(package: Package) -> None:
    """A statement's rank or share that the table of its edition does not bear out has to be a side already."""
    noted = {row["statement"] for row in package.rows["contradiction_sides"].values()}
    for row in package.rows["observations"].values():
        field = RANK_FIELDS.get(row["indicator"])
        kind, _, key = row["subject"].partition("/")
        if field is None or kind != "cluster" or not row["statement"] or not row["value"]:
            continue
        printed = package.rows["cluster_ranks"].get(f"{row['edition']}/{key}", {}).get(field)
        if printed and Decimal(printed) != Decimal(row["value"]) and row["statement"] not in noted:
            raise ValueError(f"{row['statement']} says {row['value']}, the table {printed}: a contradiction that nobody noted")


def expenditure_of_two_tables(package: Package) -> None:
    """R&D expenditure in tables SRD-1 and SRD-2: the same but for rounding to one place, or a contradiction to be noted."""
    figures = package.rows["observations"]
    for key, row in figures.items():
        other = figures.get(key.replace("ncses-10946/", "ncses-10978/"))
        if row["indicator"] != "gerd" or row["edition"] != "ncses-10946" or other is None:
            continue
        if abs(Decimal(row["value"]) - Decimal(other["value"])) > Decimal("0.05"):
            raise ValueError(f"{key}: {row['value']} against {other['value']}: a contradiction that nobody noted")
