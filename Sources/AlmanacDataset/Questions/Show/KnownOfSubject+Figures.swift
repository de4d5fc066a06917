import AlmanacReplica

extension KnownOfSubject {
    func figureSections() throws -> [Reply.Section] {
        let figures = (parts["figure"] ?? []).sorted {
            ($0.text("what") ?? "", $0.integer("year") ?? 0, $0.text("record") ?? "")
                < ($1.text("what") ?? "", $1.integer("year") ?? 0, $1.text("record") ?? "")
        }
        let ranks = figures.filter { $0.text("indicator")?.hasSuffix("rank") == true }
        let editions = try RankHistory.editions(in: dataset)
        // The method of an edition is that of its ranking of clusters.
        let histories =
            RankHistory.all(of: ranks.filter { $0.text("kind") == "cluster_rank" }, among: editions)
            + RankHistory.all(
                of: ranks.filter { $0.text("kind") == "economy_rank" }, among: editions.map(\.withoutMethodChange))
        let found = FigureSeries.found(in: figures.filter { $0.text("kind") != "cluster_rank" })
        return section("Ranks over editions", histories) + (try byEdition()) + section("Over years", found.series)
            + section("Figures", found.others, Self.figures)
    }

    private static var figures: AnswerTable<DatasetRow> {
        var table = AnswerTable<DatasetRow>("figure")
        table.same("what", nil, .prose)
        table.figure()
        table.same("period")
        table.same("source")
        table.same("edition")
        table.hidden("kind", "record", "indicator", "statement", "note")
        return table
    }

    private func section(_ heading: String, _ histories: [RankHistory]) -> [Reply.Section] {
        guard !histories.isEmpty else { return [] }
        var table = AnswerTable<RankHistory>("rank_history")
        table.add("what") { .text($0.what) }
        table.add("span", "editions") { .text($0.span) }
        table.add("history", "up is better", .sparkline(lowerIsBetter: true)) { .text($0.json) }
        table.add("ranks") { .text($0.list) }
        table.add("method_change", "the method changed first", .prose) { .text($0.methodChange) }
        table.add("editions", nil, .hidden) { .text($0.editions.map(\.key).joined(separator: " ")) }
        return [.init(heading, table.answer(histories))]
    }

    /// A cluster's rows in the rankings.
    private func byEdition() throws -> [Reply.Section] {
        guard subject.kind == .cluster else { return [] }
        let answer = try dataset.answer(
            "cluster_edition",
            [
                .init("edition"), .init("rank"), .init("change", nil, .change), .init("share_pct_filings", "PCT", .percent),
                .init("share_publications", "papers", .percent), .init("share_vc_deals", "VC", .percent),
                .init("intensity_rank", "intensity"), .init("sources", "source", .prose), .init("name_printed", "printed"),
                .init("pct_applications", "PCT applications", .grouped), .init("publications", nil, .grouped),
                .init("vc_deals", "VC deals", .grouped), .init("previous_rank_printed", nil, .hidden),
                .init("method_change", nil, .hidden), .init("notes", nil, .hidden), .init("source", nil, .hidden),
                .init("source_url", nil, .hidden),
                .init("shares_source", nil, .hidden), .init("counts_source", nil, .hidden),
                .init("intensity_source", nil, .hidden),
            ],
            """
            SELECT *, \(AnswerViews.clusterSources(["shares_source", "counts_source", "intensity_source"])) AS sources
            FROM answer_clusters
            WHERE cluster_id = (SELECT id FROM clusters WHERE subject_id = ?1) ORDER BY year DESC
            """, id)
        return answer.isEmpty ? [] : [.init("By edition", answer)]
    }

    private func section(_ heading: String, _ series: [FigureSeries]) -> [Reply.Section] {
        guard !series.isEmpty else { return [] }
        var table = AnswerTable<FigureSeries>("series")
        table.add("what", nil, .prose) { $0.last["what"] }
        table.add("years") { .text($0.span) }
        table.add("history", nil, .sparkline(lowerIsBetter: false)) { .text($0.json) }
        table.add("shown", "last") { .text(FigureText($0.last).text) }
        table.add("source") { $0.last["source"] }
        table.add("edition") { $0.last["edition"] }
        for name in ["indicator", "unit", "currency", "value", "record"] { table.add(name, nil, .hidden) { $0.last[name] } }
        return [.init(heading, table.answer(series))]
    }
}
