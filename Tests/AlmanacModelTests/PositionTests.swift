import TestSupport
import AlmanacModel
import Testing

@Suite struct PositionTests {
    private func position(_ sequence: UInt64, _ collection: UInt64, _ record: UInt64) throws -> Position {
        try #require(Position(sequence: sequence, collection: collection, record: record))
    }

    @Test func orderIsSequenceThenCollectionThenRecord() throws {
        let sorted = [
            Position.start, try position(0, 0, 1), try position(0, 1, 0), try position(1, 0, 0), try position(1, 1, 9),
            try position(1, 2, 1), Position(after: Sequence(1)), try position(2, 1, 1), Position(after: .max),
        ]
        var random = SeededGenerator(seed: 5)
        #expect(sorted.shuffled(using: &random).sorted() == sorted)
        for (place, next) in zip(sorted, sorted.dropFirst()) { #expect(place < next && !(next < place)) }
    }

    @Test func thePlaceOfARecordComesBeforeTheEndOfItsSequence() throws {
        let collection = try #require(CollectionID(UInt64(CollectionID.maximum)))
        let record = try #require(RecordID(.max))
        let place = Position(sequence: Sequence(7), collection: collection, record: record)
        #expect(place < Position(after: Sequence(7)))
        #expect(Position(after: Sequence(6)) < place)
        #expect(place == Position(sequence: 7, collection: UInt64(CollectionID.maximum), record: UInt64(Int64.max)))
    }

    @Test func numbersThatNoStoreHoldsAreRefused() {
        #expect(Position(sequence: UInt64(Int64.max) + 1, collection: 0, record: 0) == nil)
        #expect(Position(sequence: 0, collection: UInt64(UInt32.max) + 1, record: 0) == nil)
        #expect(Position(sequence: 0, collection: 0, record: UInt64(Int64.max) + 1) == nil)
        #expect(Position(sequence: .max, collection: .max, record: .max) == nil)
        #expect(Position(sequence: 0, collection: 0, record: 0) == .start)
    }

    @Test func idsKeepTheirRange() {
        #expect(RecordID(0) == nil && RecordID(-1) == nil && RecordID(1) != nil)
        #expect(CollectionID(0) == nil && CollectionID(65_535) != nil && CollectionID(65_536) == nil && CollectionID(.max) == nil)
        #expect(FieldID(0) == nil && FieldID(1_024) != nil && FieldID(1_025) == nil && FieldID(.max) == nil)
        #expect(Sequence.max.next == nil && Sequence.zero.next == Sequence(1))
    }
}
