import CZlib

/// Makes bodies of raw deflate streams (RFC 1951), one after the other. Owns zlib's state.
final class Inflater {
    /// zlib remembers the address: it must not move.
    private let stream: UnsafeMutablePointer<z_stream>

    /// The longest output that a byte of deflated data can stand for: a match of 258 bytes in two bits.
    /// Source: https://zlib.net/zlib_tech.html, "Maximum Compression Factor" (1032:1).
    private static let maximumFactor = 1_032

    init() throws(WireError) {
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        guard almanac_inflate_init_raw(stream) == Z_OK else {
            stream.deallocate()
            throw .inflate(.outOfMemory)
        }
        self.stream = stream
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Exactly `byteCount` bytes, which the caller has compared with a cap, and nothing left over on either side.
    func inflate(_ data: [UInt8], byteCount: Int) throws(WireError) -> [UInt8] {
        guard byteCount <= data.count * Self.maximumFactor else { throw .inflate(.shorterThanAnnounced) }
        guard let inputCount = UInt32(exactly: data.count), let outputCount = UInt32(exactly: byteCount), byteCount > 0,
            inflateReset(stream) == Z_OK
        else { throw .inflate(.damaged) }
        var result = Z_OK
        let output = [UInt8](unsafeUninitializedCapacity: byteCount) { output, count in
            data.withUnsafeBufferPointer { input in
                // zlib declares its input without const, and does not write to it.
                stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                stream.pointee.avail_in = inputCount
                stream.pointee.next_out = output.baseAddress
                stream.pointee.avail_out = outputCount
                result = CZlib.inflate(stream, Z_FINISH)
            }
            count = byteCount - Int(stream.pointee.avail_out)
        }
        try check(result, isFull: output.count == byteCount)
        return output
    }

    private func check(_ result: Int32, isFull: Bool) throws(WireError) {
        switch result {
        case Z_STREAM_END:
            guard isFull else { throw .inflate(.shorterThanAnnounced) }
            guard stream.pointee.avail_in == 0 else { throw .inflate(.leftOver) }
        case Z_OK, Z_BUF_ERROR: throw .inflate(isFull && stream.pointee.avail_in > 0 ? .longerThanAnnounced : .unfinished)
        case Z_MEM_ERROR: throw .inflate(.outOfMemory)
        default: throw .inflate(.damaged)
        }
    }
}
