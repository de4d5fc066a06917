import Glibc
import NIOCore

/// Why an address could not be listened on.
public enum ListenError: Error, Equatable {
    /// Another process, or another listener of this one, has it.
    case addressInUse(host: String, port: Int)
    /// Ports below 1024 need a privilege.
    case notPermitted(host: String, port: Int)
    /// No interface of this machine has the address, or the name has none.
    case noSuchAddress(host: String)
    /// Anything else that the system said.
    case failed(host: String, port: Int, reason: String)
}

extension ListenError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .addressInUse(let host, let port): "\(host):\(port) is in use by another program."
        case .notPermitted(let host, let port): "This user may not listen on \(host):\(port)."
        case .noSuchAddress(let host): "This machine has no address \(host)."
        case .failed(let host, let port, let reason): "Cannot listen on \(host):\(port): \(reason)."
        }
    }
}

extension ListenError {
    public init(_ error: any Error, host: String, port: Int) {
        switch error {
        case let error as IOError: self.init(error, host: host, port: port)
        case is SocketAddressError, is SocketAddressError.UnknownHost: self = .noSuchAddress(host: host)
        default: self = .failed(host: host, port: port, reason: String(describing: error))
        }
    }

    private init(_ error: IOError, host: String, port: Int) {
        switch error.errnoCode {
        case EADDRINUSE: self = .addressInUse(host: host, port: port)
        case EACCES, EPERM: self = .notPermitted(host: host, port: port)
        case EADDRNOTAVAIL: self = .noSuchAddress(host: host)
        default: self = .failed(host: host, port: port, reason: String(cString: strerror(error.errnoCode)))
        }
    }
}
