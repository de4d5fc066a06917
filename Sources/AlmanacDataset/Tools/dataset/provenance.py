"""Publishers, sources and editions: who says it, where it was read, in which issue and by which method."""

from dataset.inputs import Inputs, listed
from dataset.package import Package


def add_provenance(package: Package, inputs: Inputs) -> None:
    for row in inputs.curated("publications"):
        package.subject("publication", row["key"], row["name"])
    for row in inputs.curated("publishers"):
        package.add("publishers", **row)
    for row in inputs.curated("sources"):
        package.add("sources", **row)
    for row in inputs.curated("editions"):
        package.add("editions", **{**row, "measures": listed(row["measures"])})


def sources_by_url(package: Package) -> dict[str, str]:
    return {row["url"]: key for key, row in package.rows["sources"].items() if row["url"]}
