import COpenSSL

/// One thing that is tried with OpenSSL: turns its results into values or a ``CryptoError``.
///
/// OpenSSL's error queue belongs to the thread, and TLS reads it to judge a connection, so nothing may be left there: every user
/// writes `defer { attempt.end() }` below the attempt. Successful calls can leave errors behind too.
struct Attempt {
    private let what: StaticString

    init(_ what: StaticString) {
        self.what = what
        ERR_clear_error()
    }

    func end() { ERR_clear_error() }

    /// Whether this thread's queue is as it must be between attempts.
    static var errorQueueIsEmpty: Bool { ERR_peek_error() == 0 }

    /// For functions that return null if they fail.
    func need<Pointer>(_ pointer: Pointer?) throws(CryptoError) -> Pointer {
        guard let pointer else { throw failure() }
        return pointer
    }

    /// For functions that return 1 if they succeed.
    func need(_ status: Int32) throws(CryptoError) {
        guard status == 1 else { throw failure() }
    }

    func failure() -> CryptoError { Self.failure(of: what) }

    /// For calls so frequent that an attempt around each of them would cost more than they do.
    static func failure(of what: StaticString) -> CryptoError {
        CryptoError(attempt: what.description, cause: .library(drainedErrors()))
    }

    func refusal(_ reason: String) -> CryptoError { error(.refused(reason)) }

    func error(_ cause: CryptoError.Cause) -> CryptoError { CryptoError(attempt: what.description, cause: cause) }

    /// The errors of this thread, oldest first; leaves none.
    private static func drainedErrors() -> String {
        var words: [String] = []
        var buffer = [CChar](repeating: 0, count: 256)
        while case let code = ERR_get_error(), code != 0 {
            ERR_error_string_n(code, &buffer, buffer.count)
            words.append(String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
        }
        return words.isEmpty ? "no reason given" : words.joined(separator: "; ")
    }
}
