/// How many records an import deletes. More than a tenth of a collection wants a confirmation, however few that is.
public struct DeletionPlan: Hashable, Sendable {
    /// One collection that loses records.
    public struct Share: Hashable, Sendable {
        public let collection: String
        public let deleted: Int
        /// How many records there were before the import.
        public let existing: Int

        var isLarge: Bool { deleted > existing / 10 }
    }

    /// The collections that lose something.
    public let shares: [Share]

    /// In all collections.
    public var total: Int { shares.reduce(0) { $0 + $1.deleted } }

    /// Whether the import may go on: when nobody named a number, if no share is large; otherwise if that is the number.
    func isAllowed(confirmed: Int?) -> Bool {
        if let confirmed { return confirmed == total }
        return !shares.contains(where: \.isLarge)
    }
}

extension DeletionPlan: CustomStringConvertible {
    /// `3 of 12 records of cities and 1 of 4 of tours`
    public var description: String {
        guard let first = shares.first else { return "no record" }
        let noun = first.existing == 1 ? "record" : "records"
        let rest = shares.dropFirst().map { "\($0.deleted) of \($0.existing) of \($0.collection)" }
        let parts = ["\(first.deleted) of \(first.existing) \(noun) of \(first.collection)"] + rest
        guard let last = parts.last, parts.count > 1 else { return parts.joined() }
        return "\(parts.dropLast().joined(separator: ", ")) and \(last)"
    }
}
