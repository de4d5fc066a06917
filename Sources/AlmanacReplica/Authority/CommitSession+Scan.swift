import AlmanacModel

extension CommitSession {
    /// Every record of a collection, by id, as it is at this point of the commit. The body changes nothing.
    public func forEachRecord(of collection: CollectionID, _ body: (AlmanacModel.Record) throws -> Void) throws {
        try tables.table(collection).forEach { try body($0.record) }
    }
}
