import TestSupport
import AlmanacModel
import NIOCore
import Testing

@testable import AlmanacWire

@Suite struct WindowEncoderTests {
    private static func id(_ number: Int64) throws -> RecordID { try #require(RecordID(number)) }

    private static func record(_ id: Int64, sequence: UInt64 = 1, _ values: [(UInt64, Value)]) throws -> RecordChange {
        var fields: [FieldValue] = []
        for (field, value) in values { fields.append(FieldValue(try #require(FieldID(field)), value)) }
        let (collection, id) = (try #require(CollectionID(16)), try Self.id(id))
        let record = Record(collection: collection, id: id, sequence: Sequence(sequence), values: fields)
        return .whole(try #require(record))
    }

    private static func encode(
        _ changes: [RecordChange], head: UInt64 = 10, level: CompressionLevel = .standard
    ) throws(WindowEncodingError) -> [EncodedWindow] {
        try WindowEncoder.encode(stream: .reference, base: .zero, head: Sequence(head), changes: changes, level: level)
    }

    @Test func noChangesNoWindow() throws {
        #expect(try Self.encode([]).isEmpty)
    }

    @Test func changesOutOfPlaceAreRefused() throws {
        let (first, second) = (try Self.record(1, []), try Self.record(2, []))
        #expect(throws: WindowEncodingError.notInOrder(first.position)) { try Self.encode([second, first]) }
        #expect(throws: WindowEncodingError.notInOrder(first.position)) { try Self.encode([first, first]) }
        let late = try Self.record(1, sequence: 11, [])
        #expect(throws: WindowEncodingError.outsideWindow(late.position)) { try Self.encode([late]) }
        let early = try Self.record(1, sequence: 0, [])
        #expect(throws: WindowEncodingError.outsideWindow(early.position)) { try Self.encode([early]) }
        #expect(throws: WindowEncodingError.headOutOfRange(.zero)) { try Self.encode([first], head: 0) }
    }

    @Test func oneChunkForEachCollectionKindAndFieldSet() throws {
        var changes: [RecordChange] = []
        for number in 1...Int64(20) {
            let (collection, id) = (try #require(CollectionID(16)), try Self.id(number))
            let field = try #require(FieldID(number.isMultiple(of: 4) ? 2 : 1))
            let patch = RecordPatch(
                collection: collection, id: id, sequence: Sequence(1), fields: [PatchedField(field, .integer(number))])
            changes.append(
                number.isMultiple(of: 2)
                    ? .patch(try #require(patch)) : try Self.record(number, [(UInt64(number), .boolean(true))]))
        }
        let window = try #require(try Self.encode(changes).first)
        var reader = WireReader(window.payload)
        _ = try WindowHeader(from: &reader)
        #expect(try reader.varint("chunks") == 3)
    }

    @Test func randomBytesAreStoredAndRepeatedOnesDeflated() throws {
        var generator = SeededGenerator(seed: 5)
        let random = try Self.encode([try Self.record(1, [(1, .bytes(generator.bytes(5_000)))])])
        #expect(random.first.map { $0.payload.readableBytes > 5_000 && $0.payload.readableBytes < 5_080 } == true)
        let repeated = try Self.encode([try Self.record(1, [(1, .bytes([UInt8](repeating: 7, count: 5_000)))])])
        #expect(repeated.first.map { $0.payload.readableBytes < 100 && $0.rawByteCount > 5_000 } == true)
    }

    /// Of 131,072 bytes that deflate cannot shorten: two records fit into no window together.
    @Test func recordsAtTheCap() throws {
        var generator = SeededGenerator(seed: 6)
        var changes: [RecordChange] = []
        for number in 1...Int64(4) {
            let head: [(UInt64, Value)] = [(1, .bytes(generator.bytes(65_536)))]
            let missing = Caps.record - (try Self.byteCount(Self.record(number, head + [(2, .bytes([]))]))) - 2
            changes.append(try Self.record(number, head + [(2, .bytes(generator.bytes(missing)))]))
            #expect(try Self.byteCount(changes[changes.count - 1]) == Caps.record)
        }
        let windows = try Self.encode(changes)
        #expect(windows.count == 4)
        for (window, change) in zip(windows, changes) {
            #expect(window.payload.readableBytes <= Caps.windowPayload)
            #expect(try Window.decode(payload: window.payload).changes == [change])
        }
    }

    private static func byteCount(_ change: RecordChange) throws -> Int {
        guard case .whole(let record) = change else { return 0 }
        return CanonicalRecord.byteCount(of: record)
    }

    @Test func aRecordAboveTheCapIsNamed() throws {
        let value = Value.bytes([UInt8](repeating: 1, count: 65_000))
        let record = try Self.record(9, [(1, value), (2, value), (3, value)])
        let error = #expect(throws: WindowEncodingError.self) { try Self.encode([record]) }
        guard case .recordTooLarge(_, let id, _, let cap) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try id == Self.id(9) && cap == 131_072)
    }

    @Test func valuesAboveTheirCapsAreNamed() throws {
        let long = String(repeating: "a", count: 65_537)
        let set = TextSet((0..<1_025).map { Text("\($0)") })
        let values: [Value] = [.text(Text(long)), .bytes([UInt8](long.utf8)), .textSet(set), .textSet(TextSet([Text(long)]))]
        for value in values {
            let error = #expect(throws: WindowEncodingError.self) { try Self.encode([try Self.record(1, [(3, value)])]) }
            guard case .valueTooLarge(_, _, let field, _) = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
            #expect(field == FieldID(3))
        }
    }

    @Test func valuesAtTheirCapsTravel() throws {
        let set = TextSet((0..<1_024).map { Text("\($0)") })
        let values: [Value] = [.text(Text(String(repeating: "é", count: 32_768))), .textSet(set)]
        for value in values {
            let changes = [try Self.record(1, [(3, value)])]
            let windows = try Self.encode(changes)
            #expect(try windows.flatMap { try Window.decode(payload: $0.payload).changes } == changes)
        }
    }

    @Test func manyRowsThatCompressWellKeepTheCaps() throws {
        let collection = try #require(CollectionID(16))
        let changes = try (1...Int64(70_000)).map {
            RecordChange.tombstone(Tombstone(collection: collection, id: try Self.id($0), sequence: Sequence(1)))
        }
        let windows = try Self.encode(changes)
        #expect(windows.count >= 2)
        #expect(try windows.flatMap { try Window.decode(payload: $0.payload).changes } == changes)
    }

    /// Every record has another field: 1,024 bitmaps over all rows.
    @Test func sparseRecordsKeepTheCaps() throws {
        let changes = try (1...Int64(30_000)).map {
            try Self.record(
                $0, [(UInt64($0 % 1_024) + 1, .boolean(true)), (1_024, .integer($0))].suffix($0 % 1_024 == 1_023 ? 1 : 2))
        }
        let windows = try Self.encode(changes)
        #expect(try windows.flatMap { try Window.decode(payload: $0.payload).changes } == changes)
    }

    @Test func patchesOfManyFieldSetsKeepTheCapOfChunks() throws {
        let collection = try #require(CollectionID(16))
        let changes = try (1...Int64(9_000)).map { number -> RecordChange in
            var fields: [PatchedField] = []
            for bit in 0..<14 where number >> Int64(bit) & 1 == 1 {
                fields.append(PatchedField(try #require(FieldID(UInt64(bit) + 1)), nil))
            }
            let patch = RecordPatch(collection: collection, id: try Self.id(number), sequence: Sequence(1), fields: fields)
            return .patch(try #require(patch))
        }
        let windows = try Self.encode(changes)
        let decoded = try windows.flatMap { try Window.decode(payload: $0.payload).changes }
        #expect(decoded.sorted { $0.position < $1.position } == changes)
    }

    /// A text that all rows share is stored once.
    @Test(.enabled(if: Memory.isMeasurable)) func textsOfADictionaryShareTheirStorage() async {
        await #expect(processExitsWith: .success) {
            let text = Text(String(repeating: "x", count: 1_000))
            let changes = try (1...Int64(10_000)).map { try WindowEncoderTests.record($0, [(1, .text(text))]) }
            let windows = try WindowEncoderTests.encode(changes)
            let before = try Memory.peakByteCount()
            let decoded = try windows.map { try Window.decode(payload: $0.payload) }
            #expect(decoded.reduce(0) { $0 + $1.changes.count } == 10_000)
            #expect(try Memory.peakByteCount() - before < 8 * 1_048_576)
        }
    }
}
