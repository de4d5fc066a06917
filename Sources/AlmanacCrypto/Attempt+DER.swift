import COpenSSL

extension Attempt {
    /// Reads one DER object that fills `bytes` exactly and is not larger than `maximum` bytes. The caller frees the result.
    func decode<Pointer>(
        _ bytes: [UInt8], atMost maximum: Int,
        _ parse: (UnsafeMutablePointer<UnsafePointer<UInt8>?>, Int) -> Pointer?,
        freedBy free: (Pointer?) -> Void
    ) throws(CryptoError) -> Pointer {
        guard bytes.count <= maximum else { throw refusal("\(bytes.count) bytes are more than the limit of \(maximum)") }
        let (object, consumed) = bytes.withUnsafeBufferPointer { buffer in
            var cursor = buffer.baseAddress
            let object = parse(&cursor, buffer.count)
            return (object, cursor.map { cursor in buffer.baseAddress.map { cursor - $0 } ?? 0 })
        }
        guard let object else { throw refusal("malformed DER: \(failure().cause)") }
        guard consumed == bytes.count else {
            free(object)
            throw refusal("bytes follow the end of the DER")
        }
        return object
    }

    /// The DER that an `i2d` function allocates; the copy inside OpenSSL is wiped, since it may be a private key.
    func encode(_ write: (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>) -> Int32) throws(CryptoError) -> [UInt8] {
        var allocated: UnsafeMutablePointer<UInt8>?
        let count = Int(write(&allocated))
        guard let allocated, count > 0 else { throw failure() }
        defer { CRYPTO_clear_free(allocated, count, #fileID, #line) }
        return Array(UnsafeBufferPointer(start: allocated, count: count))
    }
}
