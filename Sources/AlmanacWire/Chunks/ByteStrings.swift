/// Many short runs of bytes in one array.
struct ByteStrings {
    private(set) var bytes: [UInt8] = []
    /// Where each ends.
    private var ends: [Int] = []

    var count: Int { ends.count }

    mutating func append(_ content: some Swift.Sequence<UInt8>) {
        bytes.append(contentsOf: content)
        ends.append(bytes.count)
    }

    func range(_ index: Int) -> Range<Int> { (index == 0 ? 0 : ends[index - 1])..<ends[index] }

    var plainByteCount: Int {
        var total = bytes.count
        for index in ends.indices { total += Varint.byteCount(range(index).count) }
        return total
    }

    /// All lengths, then all bytes.
    func appendPlain(to output: inout [UInt8]) {
        for index in ends.indices { output.appendVarint(range(index).count) }
        output.append(contentsOf: bytes)
    }
}
