import AlmanacModel

extension Collection {
    /// What people call the record: its readable key, or else its id.
    func key(of record: Record) -> Text {
        Text(key.flatMap { record[$0] }?.description ?? record.id.description)
    }
}
