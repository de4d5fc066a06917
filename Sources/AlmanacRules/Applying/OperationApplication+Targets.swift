import AlmanacModel

extension OperationApplication {
    /// What an operation's target has become.
    enum Target {
        case here(PlacedRecord)
        /// It is gone. The stream is the one that it was in last, which the author may read.
        case deleted(from: StreamName)
        /// It is where the author may not read, who may have seen it in this stream.
        case movedAway(from: StreamName)
    }

    /// Refuses what the author may not know of: that there is such a record is not told either.
    func target(_ collection: CollectionID, _ id: RecordID) throws -> Target {
        let found = try record(collection, id)
        if let found, author.mayRead(found.stream) { return .here(found) }
        let left = try ground.streamsLeft(by: id, of: collection)
        guard let readable = left.first(where: author.mayRead) else { throw OperationRejection.targetUnknown }
        return found == nil && readable == left.first ? .deleted(from: readable) : .movedAway(from: readable)
    }

    /// A record that something points at: there, or gone from where the author could read it.
    func requireKnown(_ collection: CollectionID, _ id: RecordID) throws {
        do {
            _ = try target(collection, id)
        } catch is OperationRejection {
            throw OperationRejection.referenceUnknown
        }
    }

    /// Whether the author could have made a record of this collection there: what is asked where the record itself is not to be seen.
    func requireWriting(_ collection: CollectionID, in stream: StreamName) throws {
        try author.check(.make(collection, in: stream, values: []))
    }
}
