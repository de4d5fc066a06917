"""The raw tables and the package say the same: counts, sums, and figures picked by hand."""

import unittest
from decimal import Decimal

from places import INPUTS, collection, table

RAW = INPUTS / "raw"


class TableTests(unittest.TestCase):
    def test_every_row_of_the_rankings_is_there(self) -> None:
        ranks = collection("cluster_ranks")
        raw = table(RAW / "gii_clusters" / "gii_cluster_ranks_assembled.csv")
        self.assertEqual(len(ranks), len(raw))
        for row, rank in zip(raw, ranks.values()):
            for field, column in (("rank", "rank"), ("name_printed", "cluster_name"), ("economies_printed", "economy"),
                                  ("share_pct_filings", "share_pct_filings"), ("previous_rank", "previous_rank_as_printed"),
                                  ("intensity_rank", "intensity_rank"), ("notes", "notes")):
                self.assertEqual(rank[field], row[column], rank["key"])

    def test_figures_of_a_further_page_name_it(self) -> None:
        ranks, urls = collection("cluster_ranks"), {key: row["url"] for key, row in collection("sources").items()}
        for row in ranks.values():
            further = [row[name] for name in ("shares_source", "counts_source", "intensity_source") if row[name]]
            self.assertEqual(bool(further), "http" in row["source_kind"], row["key"])
            for source in further:
                self.assertIn(urls[source], row["source_kind"], row["key"])
        self.assertEqual(ranks["gii-2025/beijing"]["shares_source"], "qqdbkk-2025")
        self.assertEqual(ranks["gii-2025/boston-cambridge"]["intensity_source"], "wipo-2025-clusters")

    def test_one_cluster_whatever_an_edition_prints(self) -> None:
        ranks, clusters = collection("cluster_ranks"), collection("clusters")
        self.assertEqual(ranks["gii-2023/san-jose-san-francisco"]["name_printed"], "San Jose–San Francisco, CA")
        self.assertEqual(clusters["san-jose-san-francisco"]["name"], "San Jose–San Francisco")
        aliases = {(row["subject"], row["alias"]) for row in collection("aliases").values()}
        for alias in (("cluster/san-jose-san-francisco", "Silicon Valley"), ("cluster/bengaluru", "Bangalore"),
                      ("cluster/san-jose-san-francisco", "San Jose-Sam Francisco"), ("place/bengaluru", "Bangalore")):
            self.assertIn(alias, aliases)
        economies = [row["economy"] for row in collection("cluster_economies").values()
                     if row["cluster"] == "shenzhen-hong-kong-guangzhou"]
        self.assertEqual(economies, ["cn", "hk"])

    def test_places_are_not_clusters(self) -> None:
        statements = collection("statements")
        self.assertEqual(statements["004-046"]["subject"], "place/shenzhen")
        self.assertEqual(statements["004-011"]["subject"], "place/silicon-valley")
        self.assertEqual(statements["003-013"]["subject"], "cluster/san-jose-san-francisco")
        for statement in statements.values():
            if statement["subject_type"] == "place":
                self.assertNotRegex(statement["subject"], "^cluster/")

    def test_the_scoreboard_adds_up_to_what_is_printed(self) -> None:
        figures = collection("company_figures").values()
        first = [row for row in figures if row["edition"] == "eu-scoreboard-2023"]
        self.assertEqual((len(first), len(figures) - len(first)), (2500, 2255))
        self.assertEqual(round(sum(Decimal(row["rd"]) for row in first) / 1000, 1), Decimal("1249.4"))
        self.assertEqual(len([row for row in first if row["note"]]), 6)

    def test_hubs_and_awards_add_up(self) -> None:
        awards = collection("awards").values()
        self.assertEqual(len(collection("hubs")), 31)
        for month, number, millions in (("2024-07", 12, 504), ("2025-01", 6, 211)):
            found = [row for row in awards if row["round"] == month]
            self.assertEqual((len(found), sum(Decimal(row["value"]) for row in found)), (number, millions))
            self.assertEqual(sum(Decimal(row["amount"]) for row in found), millions * 10**6)
        accelerators = [row for row in awards if row["kind"] == "consortium accelerator"]
        self.assertEqual((len(accelerators), {row["amount"] for row in accelerators}), (19, {"500000"}))
        self.assertNotIn("paid", {row["status"] for row in awards})

    def test_every_figure_of_the_statistics_is_there(self) -> None:
        observations = collection("observations")
        for table_id, cells in (("10558", "value"), ("10946", "value"), ("10978", "value")):
            path = next((RAW / "rd_by_economy").glob(f"ncses_{table_id}_*.csv"))
            printed = [row[cells] for row in table(path) if row[cells] not in ("NA", "na", "")]
            kept = [row["value"] for key, row in observations.items() if key.startswith(f"ncses-{table_id}/")]
            self.assertEqual(kept, printed, table_id)

    def test_statistics_picked_by_hand(self) -> None:
        observations = collection("observations")

        def figure(key: str) -> tuple[str, ...]:
            return tuple(observations[key][name] for name in ("subject", "year", "value", "unit", "currency"))

        self.assertEqual(figure("ncses-10558/ca/2000"), ("economy/ca", "2000", "1341", "applications", ""))
        self.assertEqual(figure("ncses-10558/ca/total")[2], "45605")
        self.assertEqual(figure("ncses-10946/au/gerd/2019"), ("economy/au", "2019", "24.1", "billion PPP dollars", ""))
        self.assertEqual(figure("ncses-10978/au/gerd/2019")[2], "24.06")
        self.assertEqual(figure("ncses-10978/at/gerd/2021")[2], "17.49")
        self.assertEqual(figure("ncses-8110/california/us-rd-all/2020"), ("place/california", "2020", "217976", "million", "USD"))
        span = observations["ncses-8110/us-states-total/us-rd-business-nonfederal-funds/2020"]
        self.assertEqual((span["value"], span["lower"], span["upper"]), ("", "41987", "43163"))

    def test_counts_of_the_first_ten_and_fifteen_are_what_the_ranks_say(self) -> None:
        """Every place up to 15 is known in the edition of 2025, so the article's counts can be checked."""
        economies: dict[str, set[str]] = {}
        for row in collection("cluster_economies").values():
            economies.setdefault(row["cluster"], set()).add(row["economy"])
        ranks = [row for row in collection("cluster_ranks").values() if row["edition"] == "gii-2025" and row["rank"]]
        checked = 0
        for key, row in collection("cluster_counts").items():
            if row["top"] in ("10", "15"):
                first = [rank for rank in ranks if int(rank["rank"]) <= int(row["top"])]
                self.assertEqual(len(first), int(row["top"]))
                self.assertEqual(sum(row["economy"] in economies[rank["cluster"]] for rank in first), int(row["clusters"]), key)
                checked += 1
        self.assertEqual(checked, 4)

    def test_unctad_revised_its_own_series(self) -> None:
        observations = collection("observations")
        figures = [observations[f"quoted/unctad-wir-{year}/fdi-2023"]["value"] for year in (2024, 2025)]
        self.assertEqual(figures, ["1331813.323", "1454976"])
        self.assertIn("unctad-revision-of-2023", collection("contradictions"))

    def test_the_tables_reveal_further_contradictions(self) -> None:
        contradictions = collection("contradictions")
        for key in ("previous-rank-nanjing-2023", "tehran-2023", "wisconsin-award", "awards-of-january-2025",
                    "totals-of-pct-applications", "region-of-aptiv"):
            self.assertIn(key, contradictions)
        says = [row["says"] for row in collection("contradiction_sides").values() if row["contradiction"] == "x02"]
        self.assertIn("Sum of the table, edition 2023: the first 10 companies invest 221323.084740 million EUR", says)
        self.assertIn("Sum of the table, edition 2023: the next 40 companies invest 267262.552133 million EUR", says)


if __name__ == "__main__":
    unittest.main()
