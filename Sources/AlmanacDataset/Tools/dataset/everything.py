"""The whole package, in the order in which one thing needs another."""

from dataset.aliases import add_aliases
from dataset.clusters import add_clusters
from dataset.contradictions import add_contradictions
from dataset.economies import add_economies
from dataset.facts import add_statements
from dataset.frameworks import add_frameworks
from dataset.groups import add_groups
from dataset.hubs import add_hubs
from dataset.indicators import add_indicators
from dataset.inputs import Inputs
from dataset.ncses import add_ncses_tables
from dataset.organisations import add_organisations
from dataset.package import Package
from dataset.places import add_places
from dataset.programmes import add_programmes
from dataset.provenance import add_provenance
from dataset.ranks import add_ranks
from dataset.scoreboard import add_scoreboard
from dataset.typed import add_typed_records

LOOKED_UP = ("economies", "clusters", "cluster_economies", "places", "cluster_places", "groups", "organisations", "programmes",
             "publishers", "sources", "indicators", "subjects", "hubs")


def build(package: Package, inputs: Inputs) -> None:
    package.subject("world", "world", "World")
    add_economies(package, inputs)
    add_provenance(package, inputs)
    add_indicators(package, inputs)
    add_places(package, inputs)
    add_clusters(package, inputs)
    add_organisations(package, inputs)
    add_scoreboard(package, inputs)
    add_programmes(package, inputs)
    add_groups(package, inputs)
    add_frameworks(package, inputs)
    add_hubs(package, inputs)
    add_ranks(package, inputs)
    add_statements(package, inputs)
    add_typed_records(package, inputs)
    add_ncses_tables(package, inputs)
    add_aliases(package, inputs)
    add_contradictions(package, inputs)
    package.sort(*LOOKED_UP)
