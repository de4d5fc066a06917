import CDeflate

/// One raw deflate stream of zlib (RFC 1951), with the settings of Almanac's chunks.
public enum Deflate {
    /// zlib has no memory, or the input is too large for one call.
    public struct Failure: Error {}

    /// How many bytes the input becomes.
    public static func byteCount(of input: [UInt8], level: Int32) throws -> Int {
        var stream = z_stream()
        guard let count = UInt32(exactly: input.count), benchmark_deflate_init_raw(&stream, level) == Z_OK else {
            throw Failure()
        }
        defer { deflateEnd(&stream) }
        var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, uLong(count))))
        let result = input.withUnsafeBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                // zlib declares its input without const, and does not write to it.
                stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                stream.avail_in = count
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                return deflate(&stream, Z_FINISH)
            }
        }
        guard result == Z_STREAM_END else { throw Failure() }
        return Int(stream.total_out)
    }
}
