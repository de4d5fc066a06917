import AlmanacModel

extension CommitSession {
    /// Every record of a collection, by id, as it is at this point of the commit. The body changes nothing.
    public func forEachRecord(of collection: CollectionID, _ body: (AlmanacModel.Record) throws -> Void) throws {
        try tables.table(collection).forEach { try body($0.record) }
    }
}

extension CommitSession {
    /// Where a record is at this point of the commit; nil if it is not there.
    public func placed(_ collection: CollectionID, _ id: RecordID) throws -> StreamName? {
        try writer.stored(collection, id).map { try writer.streams.stream($0.stream).name }
    }
}
