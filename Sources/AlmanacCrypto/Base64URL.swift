/// Base64 for links (RFC 4648, section 5), without padding. Every sequence of bytes has exactly one text.
public enum Base64URL {
    public static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        var bits = PendingBits()
        for byte in bytes {
            bits.append(byte, width: 8)
            while let digit = bits.take(6) { text.append(alphabet[Int(digit)]) }
        }
        if let digit = bits.takePadded(6) { text.append(alphabet[Int(digit)]) }
        return String(decoding: text, as: UTF8.self)
    }

    /// Nil for any other character, padding, an impossible length, and bits behind the last whole byte that are not zero.
    public static func decode(_ text: some StringProtocol) -> [UInt8]? {
        guard text.utf8.count % 4 != 1 else { return nil }
        var bytes: [UInt8] = []
        var bits = PendingBits()
        for character in text.utf8 {
            guard let digit = digit(character) else { return nil }
            bits.append(digit, width: 6)
            if let byte = bits.take(8) { bytes.append(byte) }
        }
        return bits.areZero ? bytes : nil
    }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    private static func digit(_ character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): character - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): character - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0") + 52
        case UInt8(ascii: "-"): 62
        case UInt8(ascii: "_"): 63
        default: nil
        }
    }
}

/// The bits between two widths, first in first out; at most 14 of them at a time.
private struct PendingBits {
    private var value: UInt16 = 0
    private var count = 0

    var areZero: Bool { value == 0 }

    mutating func append(_ bits: UInt8, width: Int) {
        value = value << width | UInt16(bits)
        count += width
    }

    /// Nil if there are fewer than `width`.
    mutating func take(_ width: Int) -> UInt8? {
        guard count >= width else { return nil }
        count -= width
        let taken = value >> count
        value &= 1 << count - 1
        return UInt8(truncatingIfNeeded: taken)
    }

    /// What is left, filled up with zeros behind; nil if nothing is left.
    mutating func takePadded(_ width: Int) -> UInt8? {
        guard count > 0 else { return nil }
        append(0, width: width - count)
        return take(width)
    }
}
