import AlmanacModel

/// What a change takes in an expanded window, checked against the caps of its values and of the record.
enum ChangeWeight {
    /// In the units of ``Caps/expandedWindow``, and something for the row itself.
    static func of(_ change: RecordChange) throws(WindowEncodingError) -> Int {
        var weight = Self.row
        var canonical = Self.recordHead
        switch change {
        case .whole(let record):
            for value in record.values { try add(value.value, value.field, change, &weight, &canonical) }
        case .patch(let patch):
            for field in patch.fields {
                weight += Caps.valueCost
                if let value = field.value { try add(value, field.field, change, &weight, &canonical) }
            }
        case .tombstone: break
        }
        try check(canonical, change)
        return weight
    }

    private static let row = 16
    /// More than collection, id, sequence and count take.
    private static let recordHead = 3 + 9 + 9 + 2

    private static func add(
        _ value: Value, _ field: FieldID, _ change: RecordChange, _ weight: inout Int, _ canonical: inout Int
    ) throws(WindowEncodingError) {
        canonical += CanonicalRecord.byteCount(of: FieldValue(field, value))
        weight += Caps.valueCost
        switch value {
        case .text(let text):
            weight += text.utf8.count
            try require(text.utf8.count, Caps.textValue, field, change)
        case .bytes(let bytes):
            weight += bytes.count
            try require(bytes.count, Caps.textValue, field, change)
        case .unknown(let value): weight += value.bytes.count
        case .textSet(let set):
            try require(set.elements.count, Caps.textSetElements, field, change)
            for element in set.elements {
                weight += Caps.valueCost + element.utf8.count
                try require(element.utf8.count, Caps.textValue, field, change)
            }
        default: break
        }
    }

    private static func require(
        _ count: Int, _ cap: Int, _ field: FieldID, _ change: RecordChange
    ) throws(WindowEncodingError) {
        guard count <= cap else { throw .valueTooLarge(change.collection, change.id, field, cap: cap) }
    }

    /// The estimate decides almost always; a record near the cap is measured.
    private static func check(_ estimate: Int, _ change: RecordChange) throws(WindowEncodingError) {
        guard estimate > Caps.record else { return }
        var count = estimate
        if case .whole(let record) = change { count = CanonicalRecord.byteCount(of: record) }
        guard count > Caps.record else { return }
        throw .recordTooLarge(change.collection, change.id, byteCount: count, cap: Caps.record)
    }
}
