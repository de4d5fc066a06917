import AlmanacReplica

/// A region of the world, as economies name theirs.
struct Region: Hashable, Sendable {
    let name: String

    /// However it is written.
    static func find(_ name: String, in dataset: DatasetReader) throws -> Region {
        let regions = try dataset.rows("SELECT DISTINCT region FROM economies WHERE region IS NOT NULL ORDER BY region")
            .compactMap {
                $0.text("region")
            }
        let folded = FoldedText(name)
        guard let found = regions.first(where: { FoldedText($0) == folded }) else {
            throw QuestionError.unknownName(name, kinds: "region", near: regions)
        }
        return Region(name: found)
    }
}
