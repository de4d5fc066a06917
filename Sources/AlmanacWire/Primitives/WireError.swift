/// Why bytes were refused. Two errors are equal when their cases are; what was being read stands beside the case.
public enum WireError: Error, Sendable {
    /// The bytes end before this does.
    case truncated(StaticString)
    /// So many bytes remain behind this.
    case trailingBytes(StaticString, count: Int)
    /// A number that is written longer than needed, or does not fit into 64 bits.
    case nonCanonicalVarint(StaticString)
    /// A second way to write what has one encoding.
    case nonCanonical(StaticString)
    /// A length, a count or a size above its cap.
    case tooLarge(StaticString, cap: Int)
    /// A number that its type does not have.
    case outOfRange(StaticString)
    /// A text that is not UTF-8.
    case notUTF8(StaticString)
    /// A list that has to ascend and does not.
    case notAscending(StaticString)
    /// A code that this version does not define.
    case unknownCode(StaticString, code: UInt64)
    /// Flags that the frame's type does not have.
    case badFlags(UInt8)
    /// An exchange id that the frame's type does not have.
    case badExchange(UInt16)
    /// A message that this side never sends.
    case wrongDirection(type: UInt8)
    /// Something that has to be there and is not, or the other way round.
    case inconsistent(StaticString)
    /// Something that may occur once only.
    case repeated(StaticString)
    /// Deflated data that does not become what was announced.
    case inflate(InflateProblem)
}

/// What is wrong with deflated data.
public enum InflateProblem: Hashable, Sendable {
    /// Not a deflate stream.
    case damaged
    /// The data ends before the final block does.
    case unfinished
    /// More bytes come out than were announced.
    case longerThanAnnounced
    /// Fewer bytes come out than were announced.
    case shorterThanAnnounced
    /// Bytes remain behind the final block.
    case leftOver
    /// zlib has no memory left.
    case outOfMemory
}

extension WireError: Equatable {
    public static func == (lhs: WireError, rhs: WireError) -> Bool { lhs.name == rhs.name }

    /// The case alone, as golden vectors and logs name it.
    public var name: String {
        switch self {
        case .truncated: "truncated"
        case .trailingBytes: "trailing_bytes"
        case .nonCanonicalVarint: "non_canonical_varint"
        case .nonCanonical: "non_canonical"
        case .tooLarge: "too_large"
        case .outOfRange: "out_of_range"
        case .notUTF8: "not_utf8"
        case .notAscending: "not_ascending"
        case .unknownCode: "unknown_code"
        case .badFlags: "bad_flags"
        case .badExchange: "bad_exchange"
        case .wrongDirection: "wrong_direction"
        case .inconsistent: "inconsistent"
        case .repeated: "repeated"
        case .inflate: "inflate"
        }
    }

    /// The code with which the other side is told.
    public var errorCode: ErrorCode {
        if case .tooLarge = self { .tooLarge } else { .protocolViolation }
    }
}

extension WireError: CustomStringConvertible {
    /// A sentence for people.
    public var description: String {
        switch self {
        case .truncated(let what): "Cut short: \(what)."
        case .trailingBytes(let what, let count): "\(count) bytes too many, behind: \(what)."
        case .nonCanonicalVarint(let what): "A number that is not in its shortest form or not of 64 bits: \(what)."
        case .nonCanonical(let what): "Not in canonical form: \(what)."
        case .tooLarge(let what, let cap): "Above the cap of \(cap): \(what)."
        case .outOfRange(let what): "Out of range: \(what)."
        case .notUTF8(let what): "Not valid UTF-8: \(what)."
        case .notAscending(let what): "Not strictly ascending: \(what)."
        case .unknownCode(let what, let code): "Unknown code \(code): \(what)."
        case .badFlags(let flags): "Flags that this frame does not have: \(flags)."
        case .badExchange(let exchange): "An exchange that this frame does not belong to: \(exchange)."
        case .wrongDirection(let type): "A message that this side does not send: type \(type)."
        case .inconsistent(let what): "At odds with the rest of the message: \(what)."
        case .repeated(let what): "Twice where once is allowed: \(what)."
        case .inflate(let problem): "Deflated data that \(problem.sentence)."
        }
    }
}

extension InflateProblem {
    fileprivate var sentence: String {
        switch self {
        case .damaged: "is not a deflate stream"
        case .unfinished: "ends before its final block does"
        case .longerThanAnnounced: "gives more bytes than announced"
        case .shorterThanAnnounced: "gives fewer bytes than announced"
        case .leftOver: "goes on behind its final block"
        case .outOfMemory: "zlib has no memory for"
        }
    }
}
