"""The 31 technology hubs, their states, and the awards that were announced."""

import re
from decimal import Decimal

from dataset.inputs import Inputs
from dataset.organisations import organisations_by_name
from dataset.package import Package
from dataset.places import states_by_code
from dataset.provenance import sources_by_url
from dataset.text import slug

PROGRAMME = "regional-technology-and-innovation-hubs"
FAQ = "https://eda-cdn.commerce.gov/funding/programs/regional-technology-and-innovation-hubs/phase-2-announcement-faq"


def add_hubs(package: Package, inputs: Inputs) -> None:
    sources = sources_by_url(package)
    leads = organisations_by_name(package)
    states = states_by_code(inputs)
    for row in inputs.raw("eda_tech_hubs/eda_tech_hubs_31.csv"):
        key = slug(row["hub_name"])
        urls = row["source_urls"].split(" | ")
        lead = re.sub(r" \(anchor\)$", "", row["lead_organisation"])
        package.add(
            "hubs", key=key, name=row["hub_name"], programme=PROGRAMME, lead=leads[lead] if lead else "",
            lead_printed=row["lead_organisation"], technology=row["technology_focus"], designated=row["designated"],
            source=sources[urls[0]], urls=urls, subject=package.subject("hub", key, row["hub_name"]),
            notes=row["notes"].strip())
        for position, state in enumerate(filter(None, row["states"].split("|")), start=1):
            package.add(
                "hub_states", key=f"{key}/{states[state]}", hub=key, place=states[state], position=position)
        add_awards(package, key, row, urls, sources)


def add_awards(package: Package, hub: str, row: dict[str, str], urls: list[str], sources: dict[str, str]) -> None:
    """What was announced for one hub; nothing says what was paid."""
    millions = row["phase2_award_usd_millions"]
    if millions:
        package.add(
            "awards", key=f"{hub}/implementation", programme=PROGRAMME, hub=hub, kind="implementation",
            round=row["phase2_round"], announced=row["phase2_round"], value=millions, unit="million", currency="USD",
            amount=Decimal(millions) * 1_000_000, status="announced", source=sources[urls[0]], urls=urls,
            note=award_note(row["notes"]))
    accelerator = row["consortium_accelerator_award_usd"]
    if accelerator:
        package.add(
            "awards", key=f"{hub}/consortium-accelerator", programme=PROGRAMME, hub=hub, kind="consortium accelerator",
            value=accelerator, currency="USD", amount=accelerator, status="announced", source=sources[FAQ], urls=[FAQ],
            note="The FAQ says that the remaining 19 designees get $500,000 each.")


def award_note(notes: str) -> str:
    """The parts of a hub's notes that speak of the amount."""
    return "; ".join(part.strip() for part in notes.split(";") if re.search(r"prints 51|add up to|about 210", part)).split(
        " Consortium Accelerator Award")[0]
