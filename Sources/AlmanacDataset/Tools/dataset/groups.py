"""Groups and their members."""

from dataset.inputs import Inputs, listed
from dataset.package import Package


def add_groups(package: Package, inputs: Inputs) -> None:
    rows = inputs.curated("groups")
    for row in rows:
        package.add(
            "groups", key=row["key"], name=row["name"], subject=package.subject("group", row["key"], row["name"]),
            description=row["description"])
    for row in rows:
        for position, member in enumerate(listed(row["members"]), start=1):
            package.add(
                "group_members", key=f"{row['key']}/{position}", group=row["key"], member=member, position=position)
