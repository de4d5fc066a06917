import AlmanacModel
import NIOCore
import Testing

@testable import AlmanacWire

/// Small windows that would become big ones.
@Suite struct BombTests {
    private static func window(_ bytes: [UInt8]) throws(WireError) -> Window {
        try Window.decode(payload: ByteBuffer(bytes: bytes))
    }

    /// Deflated by our own deflater, which the other side need not use.
    private static func deflatedChunk(kind: UInt8 = 1, rows: Int, size: Int? = nil, _ body: [UInt8]) throws -> [UInt8] {
        let deflater = try #require(Deflater(level: .best))
        let data = try #require(deflater.deflate(body))
        var writer = WireWriter()
        writer.u8(kind)
        for number in [16, rows, size ?? body.count] { writer.count(number) }
        writer.u8(1)
        writer.bytes(data)
        return writer.bytes
    }

    private static let tooLarge = WireError.tooLarge("", cap: 0)

    @Test func row2AZeroBombIsBoundedByTheAnnouncedSize() throws {
        let zeros = [UInt8](repeating: 0, count: 200_000_000)
        let chunk = try Self.deflatedChunk(rows: 1, size: 1_000, zeros)
        #expect(chunk.count < 262_144)
        #expect(throws: WireError.inflate(.longerThanAnnounced)) { try Self.window(HandMade.window([chunk])) }
    }

    @Test func row2TheAnnouncedSizeIsCapped() throws {
        let body = [UInt8](repeating: 0, count: Caps.chunkBody + 1)
        #expect(throws: Self.tooLarge) { try Self.window(HandMade.window([try Self.deflatedChunk(rows: 1, body)])) }
        let capped = [UInt8](repeating: 0, count: Caps.chunkBody)
        #expect(throws: WireError.outOfRange("")) { try Self.window(HandMade.window([try Self.deflatedChunk(rows: 1, capped)])) }
    }

    @Test func row2InflatedSizeIsExact() throws {
        let body = HandMade.body(rows: 1_000)
        let sizes = [(-1, WireError.inflate(.longerThanAnnounced)), (1, .inflate(.shorterThanAnnounced))]
        for (difference, error) in sizes {
            let chunk = try Self.deflatedChunk(rows: 1_000, size: body.count + difference, body)
            #expect(throws: error) { try Self.window(HandMade.window([chunk])) }
        }
        let window = try Self.window(HandMade.window([try Self.deflatedChunk(rows: 1_000, body)]))
        #expect(window.changes.count == 1_000)
    }

    /// One long text, named by every row: 65,536 times 65,536 bytes.
    @Test func row3ADictionaryIsCountedExpanded() throws {
        let rows = 65_536
        let long = [UInt8](repeating: 97, count: 65_536)
        let values = HandMade.varint(1) + HandMade.varint(65_536) + long + [UInt8](repeating: 0, count: rows)
        let body = HandMade.body(rows: rows, [HandMade.column(type: 4, encoding: 2, values)])
        #expect(throws: Self.tooLarge) { try Self.window(HandMade.window([try Self.deflatedChunk(rows: rows, body)])) }
    }

    /// Nine columns of bits, 74 kB before they are deflated, are more than half a million values.
    @Test func row3BooleansAreCountedAsValues() throws {
        let rows = 65_536
        let columns = (1...UInt64(9)).map {
            HandMade.column(field: $0, type: 1, [UInt8](repeating: 255, count: rows / 8))
        }
        let body = HandMade.body(rows: rows, columns)
        #expect(throws: Self.tooLarge) { try Self.window(HandMade.window([try Self.deflatedChunk(rows: rows, body)])) }
    }

    @Test func row3NullsOfPatchesAreCounted() throws {
        let rows = 65_536
        let columns = (1...UInt64(9)).map {
            HandMade.column(field: $0, type: 4, presence: [1] + [UInt8](repeating: 0, count: rows / 8), [])
        }
        let body = HandMade.body(rows: rows, columns)
        let patches = try Self.deflatedChunk(kind: 2, rows: rows, body)
        #expect(throws: Self.tooLarge) { try Self.window(HandMade.window([patches])) }
    }

    @Test func row3RowsAreCountedOverAllChunks() throws {
        let chunk = try Self.deflatedChunk(kind: 3, rows: 65_536, HandMade.body(rows: 65_536))
        #expect(try Self.window(HandMade.window([chunk])).changes.count == 65_536)
        let more = HandMade.chunk(kind: 3, collection: 17, HandMade.body())
        #expect(throws: Self.tooLarge) { try Self.window(HandMade.window([chunk, more])) }
    }

    @Test func row3ARecordIsCappedByItsCanonicalBytes() throws {
        let text = [UInt8](repeating: 97, count: 65_000)
        for (columns, isAccepted) in [(2, true), (3, false)] {
            let content = (1...UInt64(columns)).map {
                HandMade.column(field: $0, type: 4, HandMade.varint(65_000) + text)
            }
            for kind: UInt8 in [1, 2] {
                let chunk = try Self.deflatedChunk(kind: kind, rows: 1, HandMade.body(content))
                if isAccepted {
                    #expect(try Self.window(HandMade.window([chunk])).changes.count == 1)
                } else {
                    #expect(throws: Self.tooLarge) { try Self.window(HandMade.window([chunk])) }
                }
            }
        }
    }

    /// In a process of its own, so that nothing else takes memory: an expanded window is 16 MiB, its values take a few times that.
    @Test(.enabled(if: Memory.isMeasurable)) func row2And3BombsTakeLittleMemory() async {
        await #expect(processExitsWith: .success) {
            let bombs = try BombTests.bombs()
            let before = try Memory.peakByteCount()
            for bomb in bombs { _ = try? BombTests.window(bomb) }
            #expect(try Memory.peakByteCount() - before < 64 * 1_048_576)
        }
    }

    private static func bombs() throws -> [[UInt8]] {
        let rows = 65_536
        let bits = [UInt8](repeating: 255, count: rows / 8)
        let booleans = (1...UInt64(7)).map { HandMade.column(field: $0, type: 1, bits) }
        let many = (1...UInt64(1_000)).map { HandMade.column(field: $0, type: 1, presence: [1, 0], []) }
        let zeros = [UInt8](repeating: 0, count: Caps.chunkBody)
        return [
            HandMade.window([try deflatedChunk(rows: rows, HandMade.body(rows: rows, booleans))]),
            HandMade.window([try deflatedChunk(kind: 2, rows: rows, HandMade.body(rows: rows, booleans))]),
            HandMade.window([HandMade.chunk(HandMade.body(many))]),
            HandMade.window(try (0..<50).map { _ in try deflatedChunk(rows: rows, zeros) }),
        ]
    }
}
