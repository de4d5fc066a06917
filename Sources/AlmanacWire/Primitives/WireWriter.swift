import AlmanacModel
import NIOCore

/// Appends the primitive encodings of section 4 of the specification.
public struct WireWriter: Sendable {
    public private(set) var bytes: [UInt8] = []

    public init() {}

    public mutating func u8(_ number: UInt8) { bytes.append(number) }

    public mutating func varint(_ number: UInt64) { bytes.appendVarint(number) }

    public mutating func zigzag(_ number: Int64) { bytes.appendZigzag(number) }

    /// A count; it is not negative.
    public mutating func count(_ number: Int) { bytes.appendVarint(number) }

    /// The bytes alone, without their length.
    public mutating func fixed(_ content: some Swift.Sequence<UInt8>) { bytes.append(contentsOf: content) }

    public mutating func fixed(_ content: some FixedBytes) { bytes.append(contentsOf: content.bytes) }

    public mutating func fixed(_ id: UniqueID) { bytes.append(contentsOf: id.bytes) }

    /// The length, then the bytes.
    public mutating func bytes(_ content: [UInt8]) {
        count(content.count)
        bytes.append(contentsOf: content)
    }

    public mutating func text(_ text: Text) { string(text.string) }

    public mutating func string(_ string: String) {
        count(string.utf8.count)
        bytes.append(contentsOf: string.utf8)
    }

    /// Milliseconds since 1970; an earlier instant, which no structure has, is written as that moment.
    public mutating func instant(_ instant: Instant) { varint(UInt64(max(0, instant.milliseconds))) }

    public mutating func sequence(_ sequence: AlmanacModel.Sequence) { varint(sequence.rawValue) }

    public mutating func position(_ position: Position) {
        sequence(position.sequence)
        varint(UInt64(position.collection))
        varint(UInt64(max(0, position.record)))
    }

    public mutating func list<Element>(_ elements: [Element], _ write: (inout WireWriter, Element) -> Void) {
        count(elements.count)
        for element in elements { write(&self, element) }
    }

    public mutating func optional<Content>(_ content: Content?, _ write: (inout WireWriter, Content) -> Void) {
        u8(content == nil ? 0 : 1)
        if let content { write(&self, content) }
    }

    var buffer: ByteBuffer { ByteBuffer(bytes: bytes) }
}
