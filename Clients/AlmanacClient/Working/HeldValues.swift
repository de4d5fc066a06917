import AlmanacModel
import AlmanacRules

/// Which of the records that were changed here hold a value, for the fields for which that was asked once: thousands of operations ask
/// it one after the other.
struct HeldValues {
    private var holders: [FieldID: [Value: Set<RecordID>]] = [:]

    /// `records` are all that there are.
    mutating func holders(
        of value: Value, in field: FieldID, among records: [RecordID: PlacedRecord?]
    ) -> Set<RecordID> {
        if let known = holders[field] { return known[value] ?? [] }
        var found: [Value: Set<RecordID>] = [:]
        for (id, state) in records {
            if let value = state?.record[field] { found[value, default: []].insert(id) }
        }
        holders[field] = found
        return found[value] ?? []
    }

    mutating func change(_ id: RecordID, from old: PlacedRecord?, to new: PlacedRecord?) {
        // The view of the keys would share what is changed, and each change would copy all of it.
        for field in Array(holders.keys) {
            let (before, after) = (old?.record[field], new?.record[field])
            guard before != after else { continue }
            if let before { holders[field]?[before]?.remove(id) }
            if let after { holders[field]?[after, default: []].insert(id) }
        }
    }
}
