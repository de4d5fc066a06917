import COpenSSL

/// The text form of keys and certificates (RFC 7468).
enum PEM {
    /// Enough for a chain, small enough to read whole.
    static let maximumByteCount = 65_536

    /// The DER of every block, in order. Text between blocks is skipped, as everywhere; a block with another label, an encrypted
    /// one and a damaged one are refused, and so is a text without blocks.
    static func read(_ text: String, label: String, _ attempt: Attempt) throws(CryptoError) -> [[UInt8]] {
        let bytes = Array(text.utf8)
        guard bytes.count <= maximumByteCount else {
            throw attempt.refusal("\(bytes.count) bytes are more than the limit of \(maximumByteCount)")
        }
        let source = try attempt.need(BIO_new(BIO_s_mem()))
        defer { BIO_free(source) }
        guard bytes.isEmpty || BIO_write(source, bytes, Int32(bytes.count)) == bytes.count else { throw attempt.failure() }
        var blocks: [[UInt8]] = []
        while let block = try nextBlock(source, label, attempt) { blocks.append(block) }
        guard !blocks.isEmpty else { throw attempt.refusal("there is no \"\(label)\" block") }
        return blocks
    }

    static func write(_ der: [UInt8], label: String, _ attempt: Attempt) throws(CryptoError) -> String {
        let sink = try attempt.need(BIO_new(BIO_s_mem()))
        defer { BIO_free(sink) }
        guard PEM_write_bio(sink, label, "", der, der.count) > 0 else { throw attempt.failure() }
        var text = [UInt8](repeating: 0, count: BIO_ctrl_pending(sink))
        guard BIO_read(sink, &text, Int32(text.count)) == text.count else { throw attempt.failure() }
        return String(decoding: text, as: UTF8.self)
    }

    /// Nil when no block is left.
    private static func nextBlock(_ source: OpaquePointer, _ label: String, _ attempt: Attempt) throws(CryptoError) -> [UInt8]? {
        var name: UnsafeMutablePointer<CChar>?
        var header: UnsafeMutablePointer<CChar>?
        var data: UnsafeMutablePointer<UInt8>?
        var count = 0
        guard PEM_read_bio(source, &name, &header, &data, &count) == 1 else { return try end(attempt) }
        defer {
            CRYPTO_free(name, #fileID, #line)
            CRYPTO_free(header, #fileID, #line)
            CRYPTO_clear_free(data, count, #fileID, #line)
        }
        guard let name, String(cString: name) == label else { throw attempt.refusal("a block is not a \"\(label)\"") }
        guard let header, header.pointee == 0 else { throw attempt.refusal("a block is encrypted") }
        return Array(UnsafeBufferPointer(start: data, count: count))
    }

    /// That no line begins a block is how OpenSSL says that the text has ended; every other reason is damage.
    private static func end(_ attempt: Attempt) throws(CryptoError) -> [UInt8]? {
        guard ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE else {
            throw attempt.refusal("a block is damaged: \(attempt.failure().cause)")
        }
        ERR_clear_error()
        return nil
    }
}
