import AlmanacModel
import AlmanacWire

/// A place where bytes from a peer say how much follows.
struct LengthField: Sendable {
    let name: String
    /// As vectors name decoders.
    let type: String
    /// Nil where only the bytes that are there bound it.
    let cap: UInt64?
    /// The bytes up to the length, the length, and nothing or little behind it.
    let claiming: @Sendable (UInt64) -> [UInt8]

    static let all: [LengthField] = values + hellos + requests + answers + windows + columns

    private static func plain(_ name: String, _ type: String, cap: UInt64?, _ prefix: [UInt8]) -> LengthField {
        LengthField(name: name, type: type, cap: cap) { prefix + HandMade.varint($0) }
    }

    /// In a message whose frame is as long as it says.
    private static func message(
        _ name: String, _ type: MessageType, cap: UInt64?, _ prefix: [UInt8]
    ) -> LengthField {
        LengthField(name: name, type: "message", cap: cap) { length in
            let payload = prefix + HandMade.varint(length)
            let count = payload.count
            let exchange: UInt8 = type.belongs(to: .connection) ? 0 : 1
            return [0, 0, UInt8(count >> 8), UInt8(count & 255), type.rawValue, type.isLast ? 1 : 0, 0, exchange] + payload
        }
    }

    private static let values: [LengthField] = [
        plain("bytes", "bytes", cap: nil, []), plain("text", "text", cap: nil, []), plain("list", "list of varint", cap: nil, []),
        plain("elements of a set", "value 9", cap: 1_024, []), plain("an element of a set", "value 9", cap: 65_536, [1]),
        plain("values of a record", "record", cap: 1_024, [1, 1, 1]),
        plain("a value of a record", "record", cap: 131_072, [1, 1, 1, 1, 1, 4]),
        plain("message of an operation", "operation", cap: 4_096, [UInt8](repeating: 1, count: 16) + [0, 1]),
        plain("changes of an operation", "operation", cap: 4_096, [UInt8](repeating: 1, count: 16) + [0, 0]),
        plain("fields of a change", "operation", cap: 1_024, [UInt8](repeating: 1, count: 16) + [0, 0, 1, 1, 17, 0]),
        plain(
            "a value of a change", "operation", cap: 131_072,
            [UInt8](repeating: 1, count: 16) + [0, 0, 1, 1, 17, 0, 1, 1, 1, 1, 4]),
        plain(
            "elements of an edit", "operation", cap: 1_024, [UInt8](repeating: 1, count: 16) + [0, 0, 1, 2, 1, 17, 1, 1, 1, 2]),
        plain("key of operations", "operations", cap: 256, [UInt8](repeating: 1, count: 16)),
        plain("operations of a device", "operations", cap: 1_024, [UInt8](repeating: 1, count: 16) + [0]),
        plain("an operation of a device", "operations", cap: 196_608, [UInt8](repeating: 1, count: 16) + [0, 1]),
        plain("number of receipts", "receipts", cap: 1_024, [UInt8](repeating: 1, count: 16) + [1, 1]),
        plain(
            "records of a receipt", "receipts", cap: 4_096,
            [UInt8](repeating: 1, count: 16) + [1, 1, 1] + [UInt8](repeating: 1, count: 48) + [1, 1]),
        plain(
            "sentence of a rejection", "receipts", cap: 512,
            [UInt8](repeating: 1, count: 16) + [1, 1, 1] + [UInt8](repeating: 1, count: 48) + [2, 1]),
        plain("subject of a delegation", "delegation", cap: nil, [UInt8](repeating: 1, count: 16) + [2, 1, 0, 1]),
    ]

    private static let hellos: [LengthField] = [
        message("software of a client", .clientHello, cap: 64, [1, 1]),
        message("features of a client", .clientHello, cap: nil, [1, 1, 0]),
        message("statement", .clientHello, cap: nil, [1, 1, 0, 0, 0, 1]),
        message("extension", .clientHello, cap: nil, [1, 1, 0, 0, 0, 0, 9]),
        message("software of a server", .serverHello, cap: 64, [1, 1]),
        message("features of a server", .serverHello, cap: nil, [1, 1, 0]),
        message("name of a dataset", .serverHello, cap: 128, [1, 1, 0, 0] + [UInt8](repeating: 1, count: 17)),
    ]

    private static let requests: [LengthField] = [
        message("request of an enrolment", .enrol, cap: 4_096, [UInt8](repeating: 1, count: 16)),
        message("name of a device", .enrol, cap: 64, [UInt8](repeating: 1, count: 16) + [0]),
        message("request of a renewal", .renew, cap: 4_096, []),
        message("streams of a pull", .pull, cap: 256, [0, 0]),
        message("name of a stream of a pull", .pull, cap: 128, [0, 0, 1]),
    ]

    private static let answers: [LengthField] = [
        message("certificates", .enrolled, cap: 4, []), message("certificate", .enrolled, cap: nil, [1]),
        message("person", .enrolled, cap: nil, [1, 0]), message("streams of an outline", .outline, cap: 256, [0]),
        message("announced entries", .outline, cap: 1 << 40, [0, 2, 1, 97]),
        message("statement of a complete", .complete, cap: nil, []),
        message("sentence of going away", .goingAway, cap: 512, []),
        message("sentence of an error", .error, cap: 512, [1, 1, 0, 0]),
    ]

    private static let windows: [LengthField] = [
        plain("stream of a window", "window", cap: 128, []),
        plain("chunks of a window", "window", cap: 4_096, Array(HandMade.window([]).dropLast())),
        LengthField(name: "rows of a chunk", type: "window", cap: 65_536) {
            HandMade.window([HandMade.chunk(rows: $0, [])])
        },
        LengthField(name: "size of a chunk", type: "window", cap: 4_194_304) {
            HandMade.window([HandMade.chunk(size: $0, method: 1, [1, 1, 0, 254, 255, 2])])
        },
        plain("data of a stored chunk", "window", cap: 262_144, HandMade.window([[1, 16, 1, 3, 0]])),
        plain("data of a deflated chunk", "window", cap: 262_144, HandMade.window([[1, 16, 1, 3, 1]])),
        LengthField(name: "columns of a chunk", type: "window", cap: 1_024) {
            HandMade.window([HandMade.chunk(HandMade.zigzags([1, 1]) + HandMade.varint($0) + [0])])
        },
    ]

    private static func column(_ name: String, type: UInt8, encoding: UInt8 = 0, cap: UInt64?, _ prefix: [UInt8] = [])
        -> LengthField
    {
        LengthField(name: name, type: "window", cap: cap) {
            HandMade.window(columns: [HandMade.column(type: type, encoding: encoding, prefix + HandMade.varint($0))])
        }
    }

    private static let columns: [LengthField] = [
        column("text of a column", type: 4, cap: 65_536), column("bytes of a column", type: 8, cap: 65_536),
        column("value of unknown type of a column", type: 99, cap: 131_072),
        column("entries of a dictionary", type: 4, encoding: 2, cap: 4_194_304),
        column("an entry of a dictionary", type: 4, encoding: 2, cap: 65_536, [1]),
        column("elements of a set of a column", type: 9, cap: 1_024),
        column("an element of a set of a column", type: 9, cap: 65_536, [1, 0]),
        column("entries of a dictionary of elements", type: 9, cap: 4_194_304, [1, 2]),
    ]
}
