"""Cluster ranks, counts of clusters and ranks of economies, as pages print them."""

import re

from dataset.clusters import RANKS, ClusterNames
from dataset.economies import EconomyNames
from dataset.inputs import Inputs
from dataset.package import Package
from dataset.provenance import sources_by_url

# "shares https://…", "intensity from https://…": a page that shows other figures than the rank.
FURTHER_PAGE = re.compile(r"(share|count|intensity)s? (?:from )?(https?://[^ ;]+)")
FURTHER_SOURCES = {"share": "shares_source", "count": "counts_source", "intensity": "intensity_source"}


def add_ranks(package: Package, inputs: Inputs) -> None:
    sources = sources_by_url(package)
    names = ClusterNames(inputs)
    for row in inputs.raw(RANKS):
        edition, cluster = f"gii-{row['edition']}", names.key(row["cluster_name"])
        package.add(
            "cluster_ranks", key=f"{edition}/{cluster}", edition=edition, cluster=cluster, rank=row["rank"],
            name_printed=row["cluster_name"], economies_printed=row["economy"], pct_applications=row["pct_applications_5y"],
            publications=row["publications_5y"], vc_deals=row["vc_deals_5y"], share_pct_filings=row["share_pct_filings"],
            share_publications=row["share_publications"], share_vc_deals=row["share_vc_deals"], share_total=row["share_total"],
            previous_rank=row["previous_rank_as_printed"], rank_change=row["rank_change_as_printed"],
            intensity_rank=row["intensity_rank"], source=sources[row["source_url"]], source_kind=row["source_kind"],
            notes=row["notes"], **further_sources(row["source_kind"], sources))
        if row["notes"].startswith("new entrant") and "per article" not in row["notes"]:
            add_new_entrant(package, row["edition"], cluster, sources[row["source_url"]])
    add_counts(package, inputs, sources)
    add_economy_ranks(package, inputs, sources)


def further_sources(source_kind: str, sources: dict[str, str]) -> dict[str, str]:
    """By field; of several pages for the same figures the first."""
    found = FURTHER_PAGE.findall(source_kind)
    if "http" in source_kind and not found:
        raise ValueError(f"for which figures is the page in {source_kind}?")
    return {FURTHER_SOURCES[what]: sources[url] for what, url in reversed(found)}


def add_new_entrant(package: Package, year: str, cluster: str, source: str) -> None:
    """A page calls the cluster a new entrant; a blank earlier rank would not say so."""
    package.add(
        "observations", key=f"gii-{year}/{cluster}/new-entrant", subject=f"cluster/{cluster}", indicator="new-entrant",
        period=year, year=year, value_text="yes", precision="exact", edition=f"gii-{year}", source=source)


def add_counts(package: Package, inputs: Inputs, sources: dict[str, str]) -> None:
    for row in inputs.raw("gii_clusters/gii_cluster_counts_by_economy.csv"):
        edition, economy = f"gii-{row['edition']}", row["economy"].lower()
        package.add(
            "cluster_counts", key=f"{edition}/{economy}/100", edition=edition, economy=economy, top=100,
            clusters=row["clusters_in_top_100"], source=sources[row["source_url"]], notes=row["notes"])
    facts = {row["fact_id"]: row for row in inputs.raw("facts.csv")}
    for row in inputs.curated("cluster_counts"):
        fact = facts[row["statement"]]
        package.add(
            "cluster_counts", key=f"{row['edition']}/{row['economy']}/{row['top']}", edition=row["edition"],
            economy=row["economy"], top=row["top"], clusters=fact["value"], source=f"article-{fact['article']}",
            statement=row["statement"], notes=fact["notes"])


def add_economy_ranks(package: Package, inputs: Inputs, sources: dict[str, str]) -> None:
    economies = EconomyNames(package, inputs)
    for row in inputs.raw("gii_clusters/gii_economy_ranks_partial.csv"):
        edition, economy = f"gii-index-{row['edition']}", economies.key(row["economy"])
        package.add(
            "economy_ranks", key=f"{edition}/{economy}", edition=edition, economy=economy, rank=row["rank"], score=row["score"],
            income_group_rank=row["income_group_rank"], region_rank=row["region_rank"], name_printed=row["economy"],
            source=sources[row["source_url"]])
