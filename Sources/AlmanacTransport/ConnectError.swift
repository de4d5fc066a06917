import Glibc
import NIOCore
import NIOPosix

/// Why no connection to an authority came about.
public enum ConnectError: Error, Equatable {
    /// The host is there, but nothing listens on the port.
    case refused(host: String, port: Int)
    /// No way to the host, for the system's reason.
    case unreachable(host: String, port: Int, reason: String)
    /// No answer within the time allowed.
    case timedOut(host: String, port: Int)
    /// The name has no address, or no name server could be asked.
    case nameNotFound(host: String)
    /// Connected, but TLS failed.
    case tls(TLSError)
    /// Anything else that the system said.
    case failed(host: String, port: Int, reason: String)
}

extension ConnectError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .refused(let host, let port): "\(host):\(port) refuses connections: nothing listens there."
        case .unreachable(let host, let port, let reason): "\(host):\(port) cannot be reached: \(reason)."
        case .timedOut(let host, let port): "\(host):\(port) does not answer."
        case .nameNotFound(let host): "\(host) has no known address: no such name, or no network."
        case .tls(let error): error.description
        case .failed(let host, let port, let reason): "The connection to \(host):\(port) failed: \(reason)."
        }
    }
}

extension ConnectError {
    /// What a bootstrap or a channel threw, in our words.
    init(_ error: any Error, host: String, port: Int) {
        switch error {
        case let error as ConnectError: self = error
        case let error as TLSError: self = .tls(error)
        case let error as NIOConnectionError: self.init(error)
        case let error as IOError: self.init(error, host: host, port: port)
        case ChannelError.connectTimeout: self = .timedOut(host: host, port: port)
        default: self = .failed(host: host, port: port, reason: String(describing: error))
        }
    }

    /// Each address of the host failed in its own way: one that answered says most.
    private init(_ error: NIOConnectionError) {
        let attempts = error.connectionErrors.map { ConnectError($0.error, host: error.host, port: error.port) }
        let refused = attempts.first { if case .refused = $0 { true } else { false } }
        self = refused ?? attempts.first ?? .nameNotFound(host: error.host)
    }

    private init(_ error: IOError, host: String, port: Int) {
        switch error.errnoCode {
        case ECONNREFUSED: self = .refused(host: host, port: port)
        case ETIMEDOUT: self = .timedOut(host: host, port: port)
        case ENETUNREACH, EHOSTUNREACH, ENETDOWN, EHOSTDOWN, EADDRNOTAVAIL:
            self = .unreachable(host: host, port: port, reason: String(cString: strerror(error.errnoCode)))
        case ECONNRESET, EPIPE: self = .tls(.truncated)
        default: self = .failed(host: host, port: port, reason: String(cString: strerror(error.errnoCode)))
        }
    }
}
