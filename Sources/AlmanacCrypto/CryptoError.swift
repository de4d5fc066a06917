/// What was attempted with OpenSSL, and why it did not succeed. Two are equal if both agree.
public struct CryptoError: Error, Hashable, Sendable {
    /// Why an attempt ended.
    public enum Cause: Hashable, Sendable {
        /// OpenSSL itself failed (no memory, no randomness, an algorithm missing from its configuration), in its own words.
        case library(String)
        /// What was given is not what it should be; says what is wrong with it.
        case refused(String)
        /// A certificate does not lead to the one that it should lead to, or may not be used for this; says which.
        case untrusted(String)
        /// A certificate of the chain has ended.
        case expired
        /// A certificate of the chain has not begun, or the caller's clock is behind.
        case notYetValid
    }

    /// What was attempted, to follow "could not": "read a certificate".
    public let attempt: String
    public let cause: Cause
}

extension CryptoError: CustomStringConvertible {
    public var description: String { "could not \(attempt): \(cause)" }
}

extension CryptoError.Cause: CustomStringConvertible {
    public var description: String {
        switch self {
        case .library(let words): "OpenSSL says: \(words)"
        case .refused(let reason), .untrusted(let reason): reason
        case .expired: "a certificate has expired"
        case .notYetValid: "a certificate is not valid yet"
        }
    }
}
