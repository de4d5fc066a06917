import AlmanacModel

/// Ids of records that the authority has given none: far above all that it ever gives, counting down, so that the rules can handle such
/// records like any other. They never leave this process.
struct ProvisionalIDs {
    private var next: [CollectionID: Int64] = [:]
    private var names: [Key: RecordName] = [:]

    private struct Key: Hashable {
        let collection: CollectionID
        let id: RecordID
    }

    /// Half of what there is: an authority that gives a million ids a second does not get there.
    private static let lowest = Int64.max / 2

    static func contains(_ id: RecordID) -> Bool { id.rawValue > lowest }

    mutating func draw(_ collection: CollectionID) throws -> RecordID {
        let number = next[collection] ?? Int64.max - 1
        guard let id = RecordID(number), Self.contains(id) else {
            throw ClientError.usage("Too much waits in the outbox: sync first.")
        }
        next[collection] = number - 1
        return id
    }

    mutating func name(_ id: RecordID, _ name: RecordName) { names[Key(collection: name.collection, id: id)] = name }

    /// What people and operations call the record.
    func name(_ collection: CollectionID, _ id: RecordID) -> RecordName {
        names[Key(collection: collection, id: id)] ?? .id(collection, id)
    }

    /// As SQL shows it: -1 for the first one of a collection.
    static func row(_ id: RecordID) -> Int64 { contains(id) ? id.rawValue - Int64.max : id.rawValue }
}
