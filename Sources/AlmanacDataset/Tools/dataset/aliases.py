"""Other names of subjects: curated ones, official names of economies, and those that rankings and Scoreboard print."""

from dataset.inputs import Inputs
from dataset.package import Package
from dataset.text import slug


def add_aliases(package: Package, inputs: Inputs) -> None:
    seen: set[tuple[str, str]] = set()
    for row in inputs.curated("aliases"):
        add_alias(package, seen, row)
    for row in inputs.raw("reference/country_codes.csv"):
        if row["official_name_en"] not in ("", row["CLDR display name"]):
            add_alias(package, seen, {
                "subject": f"economy/{row['ISO3166-1-Alpha-2'].lower()}", "alias": row["official_name_en"], "kind": "full name",
                "source": "country-codes", "note": ""})
    for row in package.rows["cluster_ranks"].values():
        cluster = package.rows["clusters"][row["cluster"]]
        if row["name_printed"] != cluster["name"]:
            add_alias(package, seen, {
                "subject": cluster["subject"], "alias": row["name_printed"], "kind": "printed", "source": row["source"],
                "note": ""})
    for row in package.rows["company_figures"].values():
        organisation = package.rows["organisations"][row["organisation"]]
        if row["name_printed"] != organisation["name"]:
            add_alias(package, seen, {
                "subject": organisation["subject"], "alias": row["name_printed"], "kind": "printed", "source": row["source"],
                "note": ""})


def add_alias(package: Package, seen: set[tuple[str, str]], row: dict[str, str]) -> None:
    """The first source that prints a name is the one that is given."""
    if (row["subject"], row["alias"]) in seen:
        return
    seen.add((row["subject"], row["alias"]))
    package.add("aliases", key=f"{row['subject']}/{slug(row['alias'])}", **row)
