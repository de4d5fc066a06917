import AlmanacModel

/// Records as bytes choose: those that describe a schema fit each other often enough to make one.
struct RecordMaker {
    var choices: Choices

    /// Of Almanac's own collections, and of three others.
    mutating func place() throws -> Place {
        let kind = choices.index(below: 8)
        let id = Int64(1 + choices.index(below: 12))
        switch kind {
        case 0...2: return try Place(SystemSchema.field, id)
        case 3: return try Place(SystemSchema.collection, 16 + id % 3)
        case 4 where choices.flag(): return try Place(SystemSchema.package, 1)
        case 5 where choices.flag(): return try Place(Samples.valid(CollectionID(UInt64(4 + id))), Int64.max - id)
        default: return try Place(Samples.valid(CollectionID(UInt64(16 + kind % 3))), id)
        }
    }

    /// Ascending; mostly of the types that the collection has.
    mutating func fields(of place: Place) throws -> [FieldValue] {
        var values: [FieldValue] = []
        for number in 1...9 where !choices.rarely() {
            let field = try Samples.valid(FieldID(UInt64(choices.rarely() ? 1_000 + number : number)))
            guard values.last.map({ $0.field < field }) ?? true else { continue }
            let value = choices.rarely() ? try any() : try fitting(place.collection, number)
            if let value { values.append(FieldValue(field, value)) }
        }
        return values
    }

    /// Nil where there is nothing in the field.
    private mutating func fitting(_ collection: CollectionID, _ number: Int) throws -> Value? {
        switch (collection, number) {
        case (SystemSchema.field, 1): .reference(try Samples.valid(RecordID(Int64(16 + choices.index(below: 3)))))
        case (SystemSchema.field, 2): .integer(Int64(1 + choices.index(below: 4)))
        case (SystemSchema.field, 3): .text(Text("f\(choices.index(below: 12))"))
        case (SystemSchema.field, 4): .integer(Int64(choices.rarely() ? choices.byte() : 1 + UInt8(choices.index(below: 9))))
        case (SystemSchema.field, 5): choices.rarely() ? .reference(try Samples.valid(RecordID(16))) : nil
        case (SystemSchema.field, 8): .text(choices.flag() ? "set" : "scalar")
        case (SystemSchema.collection, 1): .text(Text("c\(choices.index(below: 9))"))
        case (SystemSchema.collection, 4): .text("reference")
        case (SystemSchema.collection, 5): choices.rarely() ? .integer(choices.signed()) : nil
        case (SystemSchema.collection, 6): .integer(Int64(1 + choices.index(below: 6)))
        case (SystemSchema.package, 5): .textSet(TextSet([text()]))
        case (SystemSchema.field, _), (SystemSchema.collection, _), (SystemSchema.package, _): .text(text())
        default: choices.flag() ? try any() : nil
        }
    }

    mutating func any() throws -> Value {
        switch choices.index(below: 12) {
        case 0: .boolean(choices.flag())
        case 1: .integer(choices.signed())
        case 2:
            .decimal(
                try Samples.valid(ExactDecimal(significand: Int64(choices.byte()), exponent: choices.index(below: 41) - 20)))
        case 3: .date(try Samples.valid(CalendarDate(dayNumber: Int64(choices.byte()) * 11_456 - 719_162)))
        case 4: .instant(Instant(clamping: choices.signed()))
        case 5: .uuid(try Samples.valid(UniqueID(bytes: choices.fixed(16))))
        case 6: .bytes(choices.bytes(atMost: 40))
        case 7: .textSet(TextSet([text(), text()]))
        case 8: .reference(try Samples.valid(RecordID(Int64(1 + choices.index(below: 12)))))
        case 9: .unknown(try Samples.valid(UnknownValue(typeCode: 11 + choices.byte() % 245, bytes: choices.bytes(atMost: 20))))
        default: .text(text())
        }
    }

    private mutating func text() -> Text {
        switch choices.index(below: 6) {
        case 0: ""
        case 1: "{\"almanac:acyclic\":true,\"type\":\"year\"}"
        case 2: Text("f\(choices.index(below: 12))")
        default: Text(String(decoding: choices.bytes(atMost: 40), as: UTF8.self))
        }
    }
}

/// Which record of which collection.
struct Place: Hashable {
    let collection: CollectionID
    let id: RecordID

    init(_ collection: CollectionID, _ id: Int64) throws {
        self.collection = collection
        self.id = try Samples.valid(RecordID(id))
    }
}
