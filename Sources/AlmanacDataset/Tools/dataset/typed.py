"""What statements became: observations, investments, awards, relations, trends, advice."""

from collections import Counter
from decimal import Decimal

from dataset.hubs import FAQ, PROGRAMME
from dataset.inputs import Inputs, listed
from dataset.package import Package

UNITS = {"million": Decimal(10) ** 6, "billion": Decimal(10) ** 9, "trillion": Decimal(10) ** 12}
WORDS = ("claim", "policy_framework", "organisation")


def add_typed_records(package: Package, inputs: Inputs) -> None:
    writer = TypedRecords(package)
    for row in inputs.curated("relations"):
        writer.relation(row)
    for row in inputs.curated("trends"):
        writer.trend(row)
    for row in inputs.curated("advice"):
        writer.advice(row)
    for row in inputs.curated("investments"):
        writer.investment(row)
    elsewhere = {row["statement"] for name in ("trends", "cluster_counts", "advice") for row in inputs.curated(name)}
    invested = {row["statement"]: row["also_observed"] for row in inputs.curated("investments")}
    for key, statement in package.rows["statements"].items():
        if statement["kind"] in WORDS or (key in invested and not invested[key]):
            continue
        figure = statement["value"] or statement["lower"] or statement["upper"]
        counted = package.has("cluster_counts", key) or key in {row["statement"] for row in inputs.curated("cluster_counts")}
        if counted or (key in elsewhere and not figure):
            continue
        if figure or (statement["kind"] != "program" and statement["value_printed"]):
            writer.observation(statement, invested.get(key) or statement["indicator"])
    writer.programme_awards()


class TypedRecords:
    def __init__(self, package: Package) -> None:
        self.package = package
        self.used: Counter[str] = Counter()

    def relation(self, row: dict[str, str]) -> None:
        statement = self._statement(row)
        self.package.add(
            "relations", key=self._key("relation", row["statement"]), period=statement["period"],
            qualifier=statement["qualifier"], source=statement["article"], **row)

    def trend(self, row: dict[str, str]) -> None:
        statement = self._statement(row)
        self.package.add(
            "trends", key=self._key("trend", row["statement"]), period=statement["period"], year=last_year(statement),
            qualifier=statement["qualifier"], edition=statement["edition"], source=statement["article"],
            **{**row, "subject": row["subject"] or statement["subject"]})

    def advice(self, row: dict[str, str]) -> None:
        self.package.add(
            "advice", key=f"fact/{row['statement']}/{row['audience']}", source=self._statement(row)["article"], **row)

    def investment(self, row: dict[str, str]) -> None:
        statement = self._statement(row)
        figure = {name: statement[name] for name in ("value", "lower", "upper")}
        is_money = bool(figure["value"] and statement["currency"])
        self.package.add(
            "investments", key=self._key("investment", row["statement"]), kind=row["kind"], scope=row["scope"],
            what=row["what"], investor=row["investor"], recipient=row["recipient"], place=row["place"],
            programme=row["programme"], technologies=listed(row["technologies"]), period=statement["period"],
            year=last_year(statement), value_text=row["value_text"], unit=statement["unit"], currency=statement["currency"],
            amount=amount(statement) if is_money else "", qualifier=statement["qualifier"],
            precision=statement["precision"], edition=statement["edition"], source=statement["article"],
            statement=row["statement"], note=joined(row["note"], statement["notes"]), **figure)

    def observation(self, statement: dict[str, str], indicator: str) -> None:
        if not indicator:
            raise ValueError(f"{statement['key']}: no indicator is known for {statement['indicator_printed']}")
        figure = {name: statement[name] for name in ("value", "lower", "upper")}
        self.package.add(
            "observations", key=self._key("observation", statement["key"]), subject=statement["subject"],
            indicator=indicator, period=statement["period"], year=last_year(statement),
            value_text="" if any(figure.values()) else statement["value_printed"], unit=statement["unit"],
            currency=statement["currency"], qualifier=statement["qualifier"], precision=statement["precision"],
            edition=statement["edition"], source=statement["article"], statement=statement["key"],
            note=statement["notes"], **figure)

    def programme_awards(self) -> None:
        """What article 000 says of the programme as a whole."""
        statements = self.package.rows["statements"]
        common = {"programme": PROGRAMME, "source": "article-000", "status": "stated"}
        money = statements["000-027"]
        self.package.add(
            "awards", key="fact/000-026", kind="implementation", recipients=statements["000-026"]["value"],
            statement="000-026", note=statements["000-026"]["notes"], **common)
        self.package.add(
            "awards", key="fact/000-027", kind="implementation", value=money["value"], unit=money["unit"],
            currency=money["currency"], amount=amount(money), recipients=statements["000-026"]["value"],
            statement="000-027", note=money["notes"], **common)
        self.package.add(
            "awards", key="fact/000-028", kind="other", statement="000-028", note=statements["000-028"]["notes"],
            urls=[FAQ], **common)

    def _statement(self, row: dict[str, str]) -> dict[str, str]:
        return self.package.rows["statements"][row["statement"]]

    def _key(self, kind: str, statement: str) -> str:
        """fact/003-016, then fact/003-016/2 for the next record of the same collection."""
        self.used[f"{kind} {statement}"] += 1
        number = self.used[f"{kind} {statement}"]
        return f"fact/{statement}" if number == 1 else f"fact/{statement}/{number}"


def amount(statement: dict[str, str]) -> Decimal:
    """Value times unit, exactly."""
    return (Decimal(statement["value"]) * UNITS.get(statement["unit"], Decimal(1))).normalize()


def last_year(statement: dict[str, str]) -> str:
    return statement["year_to"] or statement["year_from"]


def joined(*texts: str) -> str:
    """Notes one after the other, a full stop between them."""
    return " ".join(text if text.endswith(".") else f"{text}." for text in texts if text)
