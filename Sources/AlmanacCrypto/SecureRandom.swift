import COpenSSL

/// Random bytes fit for keys and secrets.
public enum SecureRandom {
    /// `count` bytes from OpenSSL's generator, which the kernel seeds. Refuses a negative count and one above 2^31 - 1.
    public static func bytes(_ count: Int) throws(CryptoError) -> [UInt8] {
        let attempt = Attempt("draw random bytes")
        defer { attempt.end() }
        guard let length = Int32(exactly: count), length >= 0 else {
            throw attempt.refusal("\(count) bytes cannot be drawn at once")
        }
        var bytes = [UInt8](repeating: 0, count: count)
        try attempt.need(RAND_bytes(&bytes, length))
        return bytes
    }
}
