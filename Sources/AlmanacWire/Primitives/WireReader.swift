import AlmanacModel
import NIOCore

/// Reads the primitive encodings of section 4 of the specification, front to back, and refuses every other encoding.
///
/// Every function names what it reads, for the error. A count or a length is compared with its cap and with the bytes that are
/// there before anything is allocated for it.
public struct WireReader: Sendable {
    private let bytes: [UInt8]
    private var offset: Int
    private let end: Int

    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
        offset = 0
        end = bytes.count
    }

    /// Of the readable bytes of a buffer.
    public init(_ buffer: ByteBuffer) { self.init(Array(buffer.readableBytesView)) }

    private init(_ bytes: [UInt8], _ range: Range<Int>) {
        self.bytes = bytes
        offset = range.lowerBound
        end = range.upperBound
    }

    /// How many bytes have not been read.
    public var remaining: Int { end - offset }

    /// Nothing may follow.
    public func finish(_ what: StaticString) throws(WireError) {
        guard remaining == 0 else { throw .trailingBytes(what, count: remaining) }
    }

    public mutating func u8(_ what: StaticString) throws(WireError) -> UInt8 {
        guard offset < end else { throw .truncated(what) }
        let byte = bytes[offset]
        offset &+= 1
        return byte
    }

    public mutating func varint(_ what: StaticString) throws(WireError) -> UInt64 {
        guard offset < end else { throw .truncated(what) }
        let first = bytes[offset]
        if first < 0x80 {
            offset &+= 1
            return UInt64(first)
        }
        return try longVarint(what)
    }

    private mutating func longVarint(_ what: StaticString) throws(WireError) -> UInt64 {
        var number: UInt64 = 0
        for group in 0..<10 {
            let byte = try u8(what)
            if group == 9, byte > 1 { throw .nonCanonicalVarint(what) }
            number |= UInt64(byte & 0x7f) &<< UInt64(7 &* group)
            if byte < 0x80 {
                guard byte != 0 else { throw .nonCanonicalVarint(what) }
                return number
            }
        }
        throw .nonCanonicalVarint(what)
    }

    public mutating func zigzag(_ what: StaticString) throws(WireError) -> Int64 {
        Varint.unzigzag(try varint(what))
    }

    /// A count or a length, at most `cap`.
    public mutating func count(_ what: StaticString, cap: Int) throws(WireError) -> Int {
        let number = try varint(what)
        guard number <= UInt64(max(0, cap)) else { throw .tooLarge(what, cap: cap) }
        return Int(number)
    }

    /// A number that a signed one of 64 bits can hold too, as every store needs it.
    public mutating func storable(_ what: StaticString) throws(WireError) -> UInt64 {
        let number = try varint(what)
        guard number <= UInt64(Int64.max) else { throw .outOfRange(what) }
        return number
    }

    /// A reader of the next `count` bytes alone.
    public mutating func slice(_ count: Int, _ what: StaticString) throws(WireError) -> WireReader {
        WireReader(bytes, try range(count, what))
    }

    /// Exactly so many bytes.
    public mutating func fixed(_ count: Int, _ what: StaticString) throws(WireError) -> [UInt8] {
        Array(bytes[try range(count, what)])
    }

    public mutating func fixed<Content: FixedBytes>(_: Content.Type, _ what: StaticString) throws(WireError) -> Content {
        guard let content = Content(bytes: try fixed(Content.byteCount, what)) else { throw .truncated(what) }
        return content
    }

    public mutating func uniqueID(_ what: StaticString) throws(WireError) -> UniqueID {
        guard let id = UniqueID(bytes: try fixed(UniqueID.byteCount, what)) else { throw .truncated(what) }
        return id
    }

    /// The length, at most `cap`, then the bytes.
    public mutating func bytes(_ what: StaticString, cap: Int = .max) throws(WireError) -> [UInt8] {
        try fixed(try count(what, cap: cap), what)
    }

    /// The length, at most `cap`, then a reader of the bytes.
    public mutating func slicedBytes(_ what: StaticString, cap: Int = .max) throws(WireError) -> WireReader {
        try slice(try count(what, cap: cap), what)
    }

    public mutating func text(_ what: StaticString, cap: Int = .max) throws(WireError) -> Text {
        try text(byteCount: try count(what, cap: cap), what)
    }

    /// So many bytes of UTF-8, without a length before them.
    public mutating func text(byteCount: Int, _ what: StaticString) throws(WireError) -> Text {
        guard let string = String(validating: bytes[try range(byteCount, what)], as: UTF8.self) else { throw .notUTF8(what) }
        return Text(string)
    }

    /// All bytes that remain.
    public mutating func rest() -> [UInt8] {
        defer { offset = end }
        return Array(bytes[offset..<end])
    }

    private mutating func range(_ count: Int, _ what: StaticString) throws(WireError) -> Range<Int> {
        guard count >= 0, count <= remaining else { throw .truncated(what) }
        let start = offset
        offset &+= count
        return start..<offset
    }
}
