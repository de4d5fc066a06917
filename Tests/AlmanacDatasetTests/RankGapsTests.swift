import AlmanacDataset
import AlmanacReplica
import Testing

/// Ranks over editions, with rows made for it.
@Suite struct RankGapsTests {
    private static func package() -> SmallPackage {
        var package = SmallPackage()
        package.addSource("page", "A page")
        package.add("cluster", "clusters", "here", "Here")
        for year in 2020...2024 {
            package.add(
                "publication", "editions", "r-\(year)", "Ranking \(year)",
                [
                    "series": "R", "year": "\(year)", "method_change": year == 2023 ? "Deals count now." : "",
                ])
        }
        for (year, rank) in [(2020, "3"), (2022, "1"), (2023, "9"), (2024, "8")] {
            package.add(
                "cluster_ranks",
                [
                    "key": "r-\(year)/here", "edition": "r-\(year)", "cluster": "here", "rank": rank, "name_printed": "Here",
                    "source": "page",
                ])
        }
        return package
    }

    @Test func gapsStayGapsAndMethodsStayApart() throws {
        let reply = try Self.package().ask { try AskedReply(ShowQuestion("here"), $0) }
        #expect(try reply.texts("history", of: "rank_history") == ["[3,null,1]", "[9,8]"])
        #expect(try reply.texts("ranks", of: "rank_history") == ["3 – 1", "9 8"])
        #expect(try reply.column("method_change", of: "rank_history") == [.null, .text("Deals count now.")])
    }
}
