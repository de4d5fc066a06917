import AlmanacDataset
import Foundation

/// A small package, imported for as long as this lives: for what real figures never show.
final class SmallDataset {
    typealias Row = [String: String]

    let reader: DatasetReader
    private let dataset: ImportedDataset

    /// The rows of tables by the names of their fields; a field that is left out is empty.
    init(_ tables: [String: [Row]]) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("almanac-small-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try SmallPackage(rows: tables).write(to: folder)
        dataset = try ImportedDataset(package: folder)
        do {
            reader = try DatasetReader(path: dataset.path)
        } catch {
            dataset.remove()
            throw error
        }
    }

    deinit { dataset.remove() }
}

extension SmallDataset {
    /// Clusters with ranks: editions from the oldest to the newest, each with the ranks of its clusters, empty for unknown ones.
    static func ranking(
        _ editions: KeyValuePairs<Int, KeyValuePairs<String, String>>, changed: Set<Int> = [], figures: [String: Row] = [:]
    ) -> [String: [Row]] {
        let names = Set(editions.flatMap { $0.value.map(\.key) }).sorted()
        let years = editions.map(\.key)
        return [
            "sources": [["key": "page", "title": "A page", "kind": "other page"]],
            "subjects": names.map { ["key": "cluster/\($0)", "kind": "cluster", "name": $0] },
            "clusters": names.map { ["key": $0, "name": $0, "subject": "cluster/\($0)"] },
            "editions": years.enumerated().map { index, year in
                [
                    "key": "e-\(year)", "series": "A ranking", "name": "\(year)", "year": "\(year)",
                    "previous": index == 0 ? "" : "e-\(years[index - 1])",
                    "method_change": changed.contains(year) ? "New in \(year)." : "",
                ]
            },
            "cluster_ranks": editions.flatMap { year, ranks in
                ranks.map { name, rank in
                    var row = ["key": "e-\(year)-\(name)", "edition": "e-\(year)", "cluster": name, "rank": rank]
                    row["name_printed"] = name
                    row["source"] = "page"
                    return row.merging(figures["\(year) \(name)"] ?? [:]) { $1 }
                }
            },
        ]
    }

    /// Companies with R&D investment in one edition, ranked as listed.
    static func companies(_ figures: [(rd: String, unit: String)], isRanked: Bool = true, more: Row = [:]) -> [String: [Row]] {
        [
            "sources": [["key": "table", "title": "A table", "kind": "table"]],
            "editions": [["key": "scores", "series": "Scores", "name": "Scores", "year": "2023"]],
            "subjects": figures.indices.map { ["key": "organisation/c\($0)", "kind": "organisation", "name": "C\($0)"] },
            "organisations": figures.indices.map {
                ["key": "c\($0)", "name": "C\($0)", "kind": "company", "subject": "organisation/c\($0)"]
            },
            "company_figures": figures.enumerated().map { index, figure in
                [
                    "key": "scores/c\(index)", "edition": "scores", "organisation": "c\(index)",
                    "rank": isRanked ? "\(index + 1)" : "",
                    "name_printed": "C\(index)", "rd": figure.rd, "rd_unit": figure.unit, "source": "table",
                ].merging(more) { $1 }
            },
        ]
    }
}
