import AlmanacModel
import AlmanacReplica
import AlmanacWire
import Logging
import NIOCore

/// What one pull has moved, for the log.
struct PullAccount {
    private let start = ContinuousClock.now
    private var streams: [StreamName] = []
    private var windowCount = 0
    private var byteCount = 0

    /// How a pull has ended.
    enum Ending {
        case message(Message)
        /// The connection was gone first.
        case cut
    }

    mutating func add(_ window: EncodedWindow) {
        windowCount += 1
        byteCount += window.payload.readableBytes
    }

    mutating func note(_ streams: [StreamName]) { self.streams = streams }

    func log(_ ending: Ending, _ device: Device?, to logger: Logger) {
        let seconds = ((ContinuousClock.now - start) / .milliseconds(1)).rounded() / 1_000
        logger.info(
            "a pull has ended",
            metadata: [
                "bytes": "\(byteCount)", "device": "\(device?.name ?? "?")", "outcome": "\(ending.name)",
                "person": "\(device?.person.name ?? "?")", "seconds": "\(seconds)",
                "streams": "\(streams.map(\.rawValue).joined(separator: ","))", "windows": "\(windowCount)",
            ])
    }
}

extension PullAccount.Ending {
    fileprivate var name: String {
        switch self {
        case .message(.error(let error)): error.code.description
        case .message: "complete"
        case .cut: "cut"
        }
    }
}
