/// What a file of records is for.
enum StoreKind {
    /// Read by its user: records alone.
    case local
    /// Serves others too: each record keeps its born and its field sequences, each stream its order and its tombstones.
    case served
}
