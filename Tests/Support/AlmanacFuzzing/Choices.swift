/// Decisions that bytes make, front to back; without bytes every decision is the first one.
struct Choices {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: some Swift.Sequence<UInt8>) { rest = Array(bytes)[...] }

    var isEmpty: Bool { rest.isEmpty }

    mutating func byte() -> UInt8 { rest.popFirst() ?? 0 }

    mutating func flag() -> Bool { byte() & 1 == 1 }

    /// In one of 32 cases; not without bytes.
    mutating func rarely() -> Bool { byte() & 31 == 31 }

    /// Below a bound of at most 256.
    mutating func index(below bound: Int) -> Int { Int(byte()) % bound }

    /// Small ones often, and the ends of what 64 bits hold.
    mutating func number() -> UInt64 {
        let byte = byte()
        switch byte >> 4 {
        case 0...10: return UInt64(byte)
        case 11...13: return UInt64(self.byte()) << 8 | UInt64(byte)
        case 14: return (1 << UInt64(self.byte() & 63)) &- UInt64(byte & 1)
        default: return fixed(8).reduce(0) { $0 << 8 | UInt64($1) }
        }
    }

    mutating func signed() -> Int64 { Int64(truncatingIfNeeded: flag() ? number() : 0 &- number()) }

    /// Exactly so many bytes; zeros behind the last.
    mutating func fixed(_ count: Int) -> [UInt8] {
        let bytes = rest.prefix(count)
        rest = rest.dropFirst(count)
        return Array(bytes) + [UInt8](repeating: 0, count: count - bytes.count)
    }

    /// At most so many bytes of those that are left.
    mutating func bytes(atMost count: Int) -> [UInt8] {
        let wanted = min(index(below: 256), count)
        defer { rest = rest.dropFirst(wanted) }
        return Array(rest.prefix(wanted))
    }

    mutating func remaining() -> [UInt8] {
        defer { rest = [] }
        return Array(rest)
    }
}
