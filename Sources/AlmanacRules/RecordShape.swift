import AlmanacModel

/// What holds for the records of all of Almanac's own collections: known fields, their types, and sizes that can be stored and sent.
enum RecordShape {
    static let textLimit = 65_536
    static let elementLimit = 1_024
    /// A record on the wire has at most 131,072 bytes; some are left for what is around the values.
    static let recordLimit = 130_048
    private static let valueCost = 16

    static func check(_ values: [FieldValue], of collection: CollectionID) throws(RuleViolation) {
        guard let definition = Schema.system.collection(collection) else { return }
        var size = 0
        for value in values {
            guard let field = definition.field(value.field) else { throw .unknownField(collection, value.field) }
            guard value.value.type == field.type.valueType else { throw .wrongType(collection, value.field) }
            size += try byteCount(value, of: collection)
        }
        guard size <= recordLimit else { throw .tooLarge(collection, maximum: recordLimit) }
    }

    private static func byteCount(_ value: FieldValue, of collection: CollectionID) throws(RuleViolation) -> Int {
        let texts = value.value.text.map { [$0] } ?? value.value.elements ?? []
        guard texts.count <= elementLimit else { throw .tooMany(collection, value.field, maximum: elementLimit) }
        guard texts.allSatisfy({ $0.utf8.count <= textLimit }) else {
            throw .tooLong(collection, value.field, maximum: textLimit)
        }
        return texts.reduce(valueCost) { $0 + $1.utf8.count + valueCost }
    }

    /// A tag or a name: 1 to 64 bytes without control characters.
    static func isShortName(_ text: Text) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.string.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    }
}
