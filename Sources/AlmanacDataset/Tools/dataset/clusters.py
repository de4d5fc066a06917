"""Clusters, each once whatever an edition prints, with their economies and the places that their names give."""

from dataset.inputs import Inputs, listed
from dataset.package import Package
from dataset.text import slug

RANKS = "gii_clusters/gii_cluster_ranks_assembled.csv"


class ClusterNames:
    """Finds the cluster that a ranking or an article names; an unknown name is an error."""

    def __init__(self, inputs: Inputs) -> None:
        self.printed = inputs.mapping("printed_clusters", "printed", "cluster")
        self.known = {row["key"] for row in inputs.curated("clusters")}

    def key(self, name: str) -> str:
        key = self.printed.get(name, slug(name))
        if key not in self.known:
            raise ValueError(f"no cluster is named {name}")
        return key


def add_clusters(package: Package, inputs: Inputs) -> None:
    names = ClusterNames(inputs)
    newest = newest_prints(inputs, names)
    for row in inputs.curated("clusters"):
        key = row["key"]
        name, economies = newest.get(key) or (fact_name(inputs, names, key), "")
        package.add(
            "clusters", key=key, name=name, economies_printed=economies, subject=package.subject("cluster", key, name),
            note=row["note"])
        for position, economy in enumerate(listed(row["economies"]), start=1):
            package.add(
                "cluster_economies", key=f"{key}/{economy}", cluster=key, economy=economy, position=position)
        for position, place in enumerate(listed(row["places"]), start=1):
            package.add(
                "cluster_places", key=f"{key}/{place}", cluster=key, place=place, relation="named", position=position)
    for row in inputs.curated("cluster_places"):
        package.add("cluster_places", key=f"{row['cluster']}/{row['place']}", **row)


def newest_prints(inputs: Inputs, names: ClusterNames) -> dict[str, tuple[str, str]]:
    """Name and economies as the newest edition prints them."""
    newest: dict[str, tuple[str, str, str]] = {}
    for row in inputs.raw(RANKS):
        key = names.key(row["cluster_name"])
        if key not in newest or newest[key][0] < row["edition"]:
            newest[key] = (row["edition"], row["cluster_name"], row["economy"])
    return {key: (name, economies) for key, (_, name, economies) in newest.items()}


def fact_name(inputs: Inputs, names: ClusterNames, key: str) -> str:
    """The name in the facts, for a cluster that no ranking here prints."""
    for fact in inputs.raw("facts.csv"):
        if fact["subject_type"] == "cluster" and ";" not in fact["subject"] and names.key(fact["subject"]) == key:
            return fact["subject"]
    raise ValueError(f"no ranking and no fact names the cluster {key}")
