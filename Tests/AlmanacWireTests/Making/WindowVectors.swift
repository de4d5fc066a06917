import AlmanacModel
import AlmanacWire
import NIOCore

/// Windows put together byte by byte: every kind, type, presence and encoding.
enum WindowVectors {
    static func file() throws -> VectorFile {
        VectorFile(
            about: "Sections 12 and 13: payloads of windows. They are decoded only; another encoder may make other bytes.",
            good: try (good + [deflated, deflatedTombstones, mixed]).map { name, bytes in
                .good(name, "window", bytes, try Window.decode(payload: ByteBuffer(bytes: bytes)).json)
            },
            refused: RefusedWindows.vectors)
    }

    private static func one(_ name: String, rows: Int, type: UInt8, presence: [UInt8] = [0], encoding: UInt8, _ values: [UInt8])
        -> (
            String, [UInt8]
        )
    {
        (
            name,
            HandMade.window(
                rows: rows, columns: [HandMade.column(type: type, presence: presence, encoding: encoding, values)])
        )
    }

    private static let good: [(String, [UInt8])] = [
        ("a record without values", HandMade.window(columns: [])),
        one("booleans", rows: 9, type: 1, encoding: 0, [0b1010_0101, 1]),
        one("integers, plain", rows: 3, type: 2, encoding: 0, HandMade.zigzags([-1, 0, 300])),
        one("integers, extremes", rows: 2, type: 2, encoding: 0, HandMade.zigzags([.min, .max])),
        one("integers, differences", rows: 3, type: 2, encoding: 1, HandMade.zigzags([2_020, 1, -3])),
        one("decimals, plain and not canonical", rows: 3, type: 3, encoding: 0, HandMade.zigzags([-2, 1_250, 3, 0, 0, 100])),
        one("decimals, scaled", rows: 3, type: 3, encoding: 3, HandMade.zigzags([-2, 1_250, 0, -7])),
        one("texts, plain", rows: 3, type: 4, encoding: 0, [1, 0, 2] + Array("aé".utf8)),
        one("texts, dictionary", rows: 4, type: 4, encoding: 2, [2, 3, 3] + Array("USDEUR".utf8) + [0, 1, 1, 0]),
        one("dates, plain", rows: 2, type: 5, encoding: 0, HandMade.zigzags([-719_162, 2_932_896])),
        one("dates, differences", rows: 2, type: 5, encoding: 1, HandMade.zigzags([19_782, 365])),
        one("instants, plain", rows: 1, type: 6, encoding: 0, HandMade.zigzags([-1])),
        one("instants, differences", rows: 2, type: 6, encoding: 1, HandMade.zigzags([1_790_000_000_000, 250])),
        one("uuids", rows: 2, type: 7, encoding: 0, [UInt8](0..<32)),
        one("bytes, plain", rows: 2, type: 8, encoding: 0, [0, 2, 0, 255]),
        one("bytes, dictionary with an entry that nobody uses", rows: 2, type: 8, encoding: 2, [2, 1, 1, 7, 8, 1, 1]),
        one("text sets, plain", rows: 3, type: 9, encoding: 0, [2, 0, 1, 0, 1, 1, 1] + Array("abz".utf8)),
        one("text sets, dictionary", rows: 2, type: 9, encoding: 0, [1, 2, 2, 2, 1, 1] + Array("ab".utf8) + [1, 0, 1]),
        one("references, plain", rows: 2, type: 10, encoding: 0, [1] + HandMade.varint(UInt64(Int64.max))),
        one("references, differences", rows: 3, type: 10, encoding: 1, HandMade.zigzags([500, 0, -499])),
        one("values of type 200", rows: 2, type: 200, encoding: 0, [0, 3, 1, 2, 3]),
        one("presence", rows: 10, type: 2, presence: [1, 0b0000_0001, 0b10], encoding: 0, HandMade.zigzags([5, 6])),
        one("presence without any value", rows: 1, type: 4, presence: [1, 0], encoding: 0, []),
        one("presence of every value", rows: 1, type: 1, presence: [1, 1], encoding: 0, [1]),
        (
            "a patch to null, and to a value",
            HandMade.window([
                HandMade.chunk(
                    kind: 2, rows: 2,
                    HandMade.body(
                        rows: 2,
                        [
                            HandMade.column(field: 1, type: 2, encoding: 0, HandMade.zigzags([8, 9])),
                            HandMade.column(field: 1_024, type: 4, presence: [1, 2], encoding: 0, [1, 120]),
                        ]))
            ])
        ),
        ("a patch without fields", HandMade.window([HandMade.chunk(kind: 2, HandMade.body())])),
        ("tombstones", HandMade.window([HandMade.chunk(kind: 3, rows: 2, HandMade.body(rows: 2))])),
        (
            "greatest numbers",
            HandMade.window(
                base: UInt64(Int64.max) - 1, head: UInt64(Int64.max), end: (UInt64(Int64.max), 65_535, UInt64(Int64.max)),
                [HandMade.chunk(kind: 3, collection: 65_535, HandMade.zigzags([.max, 1]) + [0])])
        ),
    ]

    private static let body = HandMade.body(
        rows: 4, [HandMade.column(type: 4, encoding: 2, [1, 7] + Array("cluster".utf8) + [0, 0, 0, 0])])

    /// A final block that is stored (RFC 1951, section 3.2.4): its length and the complement, little-endian.
    private static let deflated: (String, [UInt8]) = (
        "a deflated body, one stored block",
        HandMade.window([
            HandMade.chunk(
                rows: 4, size: UInt64(body.count), method: 1,
                [1, UInt8(body.count), 0, ~UInt8(body.count), 255] + body)
        ])
    )

    /// Tombstones 1 to 6 at sequence 11: `02` × 7, `00` × 6, deflated with fixed codes and matches by zlib 1.2.13.
    private static let deflatedTombstones: (String, [UInt8]) = (
        "a deflated body with matches",
        HandMade.window([
            HandMade.chunk(kind: 3, rows: 6, size: 13, method: 1, [0x63, 0x62, 0x02, 0x03, 0x06, 0x30, 0x00, 0x00])
        ])
    )

    private static let mixed: (String, [UInt8]) = (
        "chunks of all kinds",
        HandMade.window([
            HandMade.chunk(kind: 3, collection: 17, HandMade.body()),
            HandMade.chunk(
                kind: 1, collection: 16, HandMade.body([HandMade.column(type: 4, encoding: 0, [5] + Array("Tokyo".utf8))])),
            HandMade.chunk(
                kind: 2, collection: 18, HandMade.body([HandMade.column(type: 2, encoding: 0, HandMade.zigzags([1]))])),
            HandMade.chunk(kind: 1, collection: 16, HandMade.zigzags([2, 2]) + [0]),
        ])
    )
}
