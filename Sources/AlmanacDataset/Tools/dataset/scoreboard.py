"""Companies and figures of the EU Industrial R&D Investment Scoreboard, editions 2023 and 2024."""

from decimal import ROUND_HALF_EVEN, Context, Decimal

from dataset.economies import EconomyNames
from dataset.inputs import Inputs
from dataset.organisations import add_organisation
from dataset.package import Package, significant
from dataset.text import slug

COLUMNS = {
    "rd": "R&D (€ million)", "rd_growth": "R&D one-year growth (%)", "net_sales": "Net sales (€ million)",
    "net_sales_growth": "Net sales one-year growth (%)", "rd_intensity": "R&D intensity (%)", "capex": "Capex (€ million)",
    "capex_growth": "Capex one-year growth (%)", "capex_intensity": "Capex intensity (%)",
    "operating_profits": "Op. profits (€ million)", "operating_profits_growth": "Op. profits one-year growth (%)",
    "profitability": "Profitability (%)", "employees": "Employees", "employees_growth": "Employees one-year growth (%)",
    "market_cap": "Market cap (€ million)", "market_cap_growth": "Market cap one-year growth (%)",
}
FIFTEEN_DIGITS = Context(prec=15, rounding=ROUND_HALF_EVEN)


def add_scoreboard(package: Package, inputs: Inputs) -> None:
    companies = Companies(package, inputs)
    economies = EconomyNames(package, inputs)
    for row in inputs.raw("rd_scoreboard/eu_rd_scoreboard_2023_world2500.csv"):
        organisation = companies.add(row["Company"], economies.key(row["Country"]), row["Industry"])
        figures, note = exact_figures(row)
        package.add(
            "company_figures", key=f"eu-scoreboard-2023/{organisation}", edition="eu-scoreboard-2023",
            organisation=organisation, rank=row["Rank"], name_printed=row["Company"], year=row["Year"],
            country_printed=row["Country"], region_printed=row["Region"], industry=row["Industry"], rd_unit="EUR million",
            source="eu-scoreboard-2023-table", note=note, **figures)
    for row in inputs.raw("rd_scoreboard/eu_rd_scoreboard_2024_us_eu_china_2255.csv"):
        region = {"US": "us", "China": "cn"}.get(row["region"], "")
        organisation = companies.find(row["company"]) or companies.add(row["company"], region, "")
        package.add(
            "company_figures", key=f"eu-scoreboard-2024/{organisation}", edition="eu-scoreboard-2024",
            organisation=organisation, name_printed=row["company"], year=2023, region_printed=row["region"],
            rd=row["rd_billion_eur"], rd_unit="EUR billion", source="eu-scoreboard-2024-table")


class Companies:
    """Companies by the name that the Scoreboard prints; those that an article names too keep its name and key."""

    def __init__(self, package: Package, inputs: Inputs) -> None:
        self.package = package
        self.curated = {row["scoreboard"]: row for row in inputs.curated("organisations") if row["scoreboard"]}
        self.keys: dict[str, str] = {}

    def find(self, printed: str) -> str | None:
        return self.keys.get(printed)

    def add(self, printed: str, economy: str, industry: str) -> str:
        if printed in self.keys:
            raise ValueError(f"the Scoreboard prints {printed} twice")
        row = self.curated.get(printed) or {
            "key": self._free(slug(printed)), "name": printed, "kind": "company", "economy": economy, "note": ""}
        if row["economy"] != economy:
            raise ValueError(f"{printed} is of {economy} in the Scoreboard, of {row['economy']} among the organisations")
        add_organisation(self.package, row, industry)
        self.keys[printed] = row["key"]
        return row["key"]

    def _free(self, key: str) -> str:
        taken = {row["key"] for row in self.curated.values()}
        candidate, number = key, 2
        while candidate in taken or self.package.has("organisations", candidate):
            candidate, number = f"{key}-{number}", number + 1
        return candidate


def exact_figures(row: dict[str, str]) -> tuple[dict[str, str], str]:
    """The figures as printed. A number has at most 15 digits: of a longer one 15 are kept, and the note has all."""
    figures, notes = {}, []
    for field, column in COLUMNS.items():
        text = row[column]
        figures[field] = text
        if text and significant(text) > 15:
            figures[field] = format(FIFTEEN_DIGITS.create_decimal(Decimal(text)).normalize(), "f")
            notes.append(f"{column} is printed as {text}; a number here has at most 15 digits.")
    return figures, " ".join(notes)
