"""Sides of contradictions that are sums over a table, computed exactly and said to be sums."""

from decimal import Decimal
from typing import TYPE_CHECKING

from dataset.package import Package

if TYPE_CHECKING:
    from dataset.contradictions import Sides


def add_sums(package: Package, sides: "Sides") -> None:
    companies = sorted(
        (Decimal(row["rd"]) for row in package.rows["company_figures"].values() if row["edition"] == "eu-scoreboard-2023"),
        reverse=True)
    top, following = sum(companies[:10]), sum(companies[10:50])
    table = "eu-scoreboard-2023-table"
    sides.add("x02", f"Sum of the table, edition 2023: the first 10 companies invest {top:f} million EUR", source=table)
    sides.add("x02", f"Sum of the table, edition 2023: the next 40 companies invest {following:f} million EUR", source=table)
    sides.add(
        "x02", f"So the first 10 invest {top / following:.2f} times as much as the next 40 (quotient of the two sums, rounded)",
        source=table)
    january = [row for row in package.rows["awards"].values() if row["round"] == "2025-01"]
    total = sum(Decimal(row["value"]) for row in january)
    says = f"Sum of the table: the {len(january)} awards of January 2025 add up to {total} million USD"
    sides.add("x05", says, source="executivegov-2025")
    sides.add("awards-of-january-2025", says, source="executivegov-2025")
