import AlmanacModel
import Testing

@testable import AlmanacReplica

/// A schema that an authority of ours would never commit: what a replica makes of it does not depend on the order in which it came.
@Suite struct StrangeSchemaTests {
    private typealias Fields = SystemSchema.FieldField

    private func record(_ id: Int64, at sequence: Sequence, _ values: [FieldValue]) throws -> Record {
        try #require(Record(collection: SystemSchema.field, id: recordID(id), sequence: sequence, values: values))
    }

    private func field(
        _ id: Int64, at sequence: Sequence, of collection: Int64 = 16, number: Int64 = 3, type: ValueType
    ) throws -> Record {
        try record(
            id, at: sequence,
            [
                FieldValue(Fields.collection, .reference(recordID(collection))), FieldValue(Fields.number, .integer(number)),
                FieldValue(Fields.name, .text(Text("f\(id)"))), FieldValue(Fields.type, .integer(Int64(type.rawValue))),
            ])
    }

    private func withAuthority(_ body: (AnyAuthority, _ path: String) throws -> Void) throws {
        try withTemporaryDirectory { try body(AnyAuthority(keys: TestKeys()), "\($0)/replica.db") }
    }

    private func expectRight(_ path: String, count: Int64) throws {
        let replica = try ReplicaDatabase.open(path: path)
        defer { try? replica.close() }
        #expect(try replica.scrub(now: TestKeys.now) == Scrub.Report(recordCount: count, findings: []))
    }

    private func doesNotFit(_ error: any Error) -> Bool {
        if case ReplicaError.deltaDoesNotFit(let what) = error { what.contains("schema") } else { false }
    }

    @Test func recordsOfOurOwnLaterCollectionsAreKept() throws {
        try withAuthority { authority, path in
            let later = try #require(
                Record(
                    collection: collectionID(4), id: recordID(1), sequence: Sequence(1),
                    values: [FieldValue(fieldID(1), .text("of a later version"))]))
            let stray = try field(1, at: Sequence(2), of: 4, number: 1, type: .text)
            try authority.apply(
                [.whole(later), .whole(stray)], base: .zero, head: Sequence(2), records: [later, stray], to: path)
            try expectRight(path, count: 2)
        }
    }

    @Test func aFieldThatIsDescribedTwiceDoesNotFit() throws {
        try withAuthority { authority, path in
            let twice = try [field(2, at: Sequence(1), type: .bytes), field(1, at: Sequence(2), type: .text)]
            #expect {
                try authority.apply(twice.map { .whole($0) }, base: .zero, head: Sequence(2), records: twice, to: path)
            } throws: {
                doesNotFit($0)
            }
        }
    }

    @Test func aColumnStaysWhatItIs() throws {
        try withAuthority { authority, path in
            let old = try field(1, at: Sequence(1), type: .text)
            try authority.apply([.whole(old)], base: .zero, head: Sequence(1), records: [old], to: path)
            let changed = try [
                field(1, at: Sequence(2), type: .date), field(1, at: Sequence(2), number: 4, type: .text),
                field(1, at: Sequence(2), of: 17, type: .text), record(1, at: Sequence(2), []),
            ]
            let deltas = changed.map { ([RecordChange.whole($0)], [$0]) }
            let tombstone = RecordChange.tombstone(
                Tombstone(collection: SystemSchema.field, id: try recordID(1), sequence: Sequence(2)))
            let patch = try #require(
                RecordPatch(
                    collection: SystemSchema.field, id: recordID(1), sequence: Sequence(2),
                    fields: [PatchedField(Fields.type, .integer(2))]))
            for (changes, records) in deltas + [([tombstone], []), ([.patch(patch)], [old.applying(patch)])] {
                #expect {
                    try authority.apply(changes, base: Sequence(1), head: Sequence(2), records: records, to: path)
                } throws: {
                    doesNotFit($0)
                }
                try expectRight(path, count: 1)
            }
            let renamed = try #require(
                RecordPatch(
                    collection: SystemSchema.field, id: recordID(1), sequence: Sequence(2),
                    fields: [PatchedField(Fields.name, .text("renamed"))]))
            try authority.apply(
                [.patch(renamed)], base: Sequence(1), head: Sequence(2), records: [old.applying(renamed)], to: path)
            try expectRight(path, count: 1)
        }
    }
}
