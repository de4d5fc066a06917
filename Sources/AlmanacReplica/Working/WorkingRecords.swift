import AlmanacModel

/// Reads records as the user of this device has them: the replica with what waits in the outbox on top.
public protocol WorkingRecords {
    var schema: Schema { get }
    /// The record of this name; nil where it is not here, or is to be deleted.
    func record(_ name: RecordName) throws -> WorkingRecord?
    /// Every record of a collection: those of the replica by id, then those that wait, in the order in which they were made.
    func records(of collection: CollectionID) throws -> [WorkingRecord]
    /// The record whose key is this text.
    func record(_ collection: CollectionID, key: Text) throws -> WorkingRecord?
}
