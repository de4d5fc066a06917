/// One bit a row, row 0 in the lowest bit of the first byte; unused bits are zero.
struct Bitmap {
    private(set) var bytes: [UInt8] = []

    static func byteCount(_ bits: Int) -> Int { bits / 8 + (bits % 8 == 0 ? 0 : 1) }

    init() {}

    /// Of so many bits.
    init(from reader: inout WireReader, count: Int, _ what: StaticString) throws(WireError) {
        bytes = try reader.fixed(Self.byteCount(count), what)
        guard count % 8 == 0 || (bytes.last ?? 0) >> UInt8(count % 8) == 0 else { throw .nonCanonical(what) }
    }

    var setCount: Int { bytes.reduce(0) { $0 + $1.nonzeroBitCount } }

    /// False behind the end.
    subscript(index: Int) -> Bool {
        let byte = index >> 3
        return byte < bytes.count && bytes[byte] & (1 &<< UInt8(index & 7)) != 0
    }

    /// Grows as needed.
    mutating func set(_ index: Int) {
        let byte = index >> 3
        while bytes.count <= byte { bytes.append(0) }
        bytes[byte] |= 1 &<< UInt8(index & 7)
    }

    /// So many bits, none of which is set behind the end.
    func append(to output: inout [UInt8], count: Int) {
        output.append(contentsOf: bytes)
        output.append(contentsOf: repeatElement(0, count: Self.byteCount(count) - bytes.count))
    }
}
