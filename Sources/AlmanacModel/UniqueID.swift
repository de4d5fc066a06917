/// 128 bits that identify something for ever: a dataset, a device, an operation. Written like a UUID (RFC 9562).
public struct UniqueID: Hashable, Sendable {
    public static let byteCount = 16

    /// Exactly ``byteCount`` bytes, in the order in which they are written and sent.
    public let bytes: [UInt8]

    /// Nil unless there are exactly ``byteCount`` bytes.
    public init?(bytes: some Swift.Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = Array(bytes)
    }

    /// A version 4 UUID made of 16 random bytes; the caller brings the randomness. Nil unless there are exactly ``byteCount``.
    public init?(random bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        var bytes = bytes
        bytes[6] = bytes[6] & 0x0f | 0x40
        bytes[8] = bytes[8] & 0x3f | 0x80
        self.bytes = bytes
    }

    /// Reads `8-4-4-4-12` hexadecimal digits; nil for anything else.
    public init?(_ text: some StringProtocol) {
        let characters = Array(text.utf8)
        guard characters.count == 36 else { return nil }
        var digits: [UInt8] = []
        for (index, character) in characters.enumerated() {
            if [8, 13, 18, 23].contains(index) {
                guard character == UInt8(ascii: "-") else { return nil }
            } else {
                guard let digit = Hex.digit(character) else { return nil }
                digits.append(digit)
            }
        }
        self.init(bytes: Hex.pairs(digits))
    }
}

extension UniqueID: CustomStringConvertible {
    public var description: String {
        let hex = Array(Hex.encode(bytes))
        return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(hex[$0]) }.joined(separator: "-")
    }
}
