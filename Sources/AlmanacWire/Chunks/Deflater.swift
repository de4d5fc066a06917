import CZlib

/// Makes raw deflate streams (RFC 1951) out of whole bodies, one after the other. Owns zlib's state.
final class Deflater {
    /// zlib remembers the address: it must not move.
    private let stream: UnsafeMutablePointer<z_stream>

    /// Nil when zlib has no memory, and for the level that deflates nothing.
    init?(level: CompressionLevel) {
        guard level != .stored else { return nil }
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        guard almanac_deflate_init_raw(stream, level.rawValue) == Z_OK else {
            stream.deallocate()
            return nil
        }
        self.stream = stream
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// Nil unless the result is smaller than the body.
    func deflate(_ body: [UInt8]) -> [UInt8]? {
        guard body.count > 1, let inputCount = UInt32(exactly: body.count), deflateReset(stream) == Z_OK else { return nil }
        var result = Z_OK
        let output = [UInt8](unsafeUninitializedCapacity: body.count - 1) { output, count in
            body.withUnsafeBufferPointer { input in
                // zlib declares its input without const, and does not write to it.
                stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                stream.pointee.avail_in = inputCount
                stream.pointee.next_out = output.baseAddress
                stream.pointee.avail_out = inputCount - 1
                result = CZlib.deflate(stream, Z_FINISH)
            }
            count = body.count - 1 - Int(stream.pointee.avail_out)
        }
        return result == Z_STREAM_END ? output : nil
    }
}
