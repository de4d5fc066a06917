/// The digest of a set of records: a homomorphic hash whose value does not depend on the order in which records came and went.
///
/// 1,024 lanes of 16 bits, each added modulo 2^16. A record's lanes come from an ``LtHasher``. The empty set is all zeros. It is
/// collision-resistant over sets, so a record must be added once and subtracted only after it was added; the count of records is
/// kept beside it by whoever needs that checked.
public struct LtHash: Hashable, Sendable {
    public static let laneCount = 1_024
    /// Of the serialised form: each lane in 2 bytes, the lower first.
    public static let byteCount = 2 * laneCount

    private var lanes: [UInt16]

    /// The digest of the empty set.
    public init() { lanes = Array(repeating: 0, count: Self.laneCount) }

    /// Nil unless there are exactly ``byteCount`` bytes. Every such sequence of bytes is a digest.
    public init?(bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        lanes = (0..<Self.laneCount).map { UInt16(bytes[2 * $0]) | UInt16(bytes[2 * $0 + 1]) << 8 }
    }

    /// The serialised form, ``byteCount`` bytes.
    public var bytes: [UInt8] { lanes.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] } }

    /// SHA-256 of ``bytes``, which checkpoints sign.
    public var digest: SHA256Digest {
        get throws(CryptoError) { try SHA256.hash(bytes) }
    }

    /// Adds a record by its canonical bytes.
    public mutating func add(_ record: [UInt8], using hasher: LtHasher) throws(CryptoError) {
        try hasher.load(record)
        add(hasher)
    }

    /// Adds a record by its canonical bytes, which are read in place.
    public mutating func add(_ record: UnsafeRawBufferPointer, using hasher: LtHasher) throws(CryptoError) {
        try hasher.load(record)
        add(hasher)
    }

    /// Takes a record away that was added before, by the same canonical bytes.
    public mutating func subtract(_ record: [UInt8], using hasher: LtHasher) throws(CryptoError) {
        try hasher.load(record)
        subtract(hasher)
    }

    /// Takes a record away that was added before, by the same canonical bytes, which are read in place.
    public mutating func subtract(_ record: UnsafeRawBufferPointer, using hasher: LtHasher) throws(CryptoError) {
        try hasher.load(record)
        subtract(hasher)
    }

    /// The digest of the union of two sets that have no record in common.
    public static func + (lhs: LtHash, rhs: LtHash) -> LtHash {
        var sum = lhs
        sum += rhs
        return sum
    }

    public static func += (lhs: inout LtHash, rhs: LtHash) {
        for lane in 0..<laneCount { lhs.lanes[lane] &+= rhs.lanes[lane] }
    }

    /// The digest of what is left of a set when a part of it is taken away.
    public static func - (lhs: LtHash, rhs: LtHash) -> LtHash {
        var difference = lhs
        difference -= rhs
        return difference
    }

    public static func -= (lhs: inout LtHash, rhs: LtHash) {
        for lane in 0..<laneCount { lhs.lanes[lane] &-= rhs.lanes[lane] }
    }

    private mutating func add(_ hasher: LtHasher) {
        lanes.withUnsafeMutableBufferPointer { lanes in
            for lane in 0..<Self.laneCount { lanes[lane] &+= UInt16(littleEndian: hasher.lanes[lane]) }
        }
    }

    private mutating func subtract(_ hasher: LtHasher) {
        lanes.withUnsafeMutableBufferPointer { lanes in
            for lane in 0..<Self.laneCount { lanes[lane] &-= UInt16(littleEndian: hasher.lanes[lane]) }
        }
    }
}
