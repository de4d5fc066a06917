import Glibc

/// A system call on a local file that failed.
public struct SystemFailure: Error, Equatable, Sendable, CustomStringConvertible {
    public let call: String
    public let path: String
    public let code: Int32

    /// Of the call that has just failed.
    static func last(_ call: String, _ path: String) -> SystemFailure {
        SystemFailure(call: call, path: path, code: errno)
    }

    public var description: String { "\(path): \(call) failed: \(String(cString: strerror(code)))." }
}
