import Foundation
import Glibc

/// What a running server is doing, as `almanacd status` shows it.
public struct ServerStatus: Codable, Equatable, Sendable {
    public var version: String
    public var pid: Int
    /// Seconds since it began to serve.
    public var uptime: Int
    public var address: String
    public var dataset: String
    public var head: Int
    /// Seconds since the head was committed.
    public var headAge: Int?
    public var connections: Int
    /// TLS handshakes under way.
    public var handshakes: Int
    /// Connections closed at once because of a limit, since the start.
    public var refused: Int
    public var handshakesFailed: Int
    /// Pulls that follow the head, by how many commits they lack.
    public var followers: [String: Int]
    public var pullsCompleted: Int
    public var pullsRefused: Int
    public var receivedBytes: Int
    public var sentBytes: Int
    public var residentBytes: Int?
    public var openFiles: Int?
}

extension ServerStatus {
    init(_ metrics: ServerMetrics, address: String, dataset: String, now: Date = Date()) {
        version = Software.version
        pid = Int(getpid())
        uptime = Self.seconds(now.timeIntervalSince(metrics.started))
        self.address = address
        self.dataset = dataset
        head = metrics.headSequence.value
        let committed = metrics.headTime.value
        headAge = committed > 0 ? Self.seconds(now.timeIntervalSince1970 - Double(committed)) : nil
        connections = metrics.connectionsOpen.value
        handshakes = metrics.handshakesOpen.value
        refused = Int(clamping: metrics.connectionsRefused.total)
        handshakesFailed = Int(clamping: metrics.handshakesFailed.total)
        followers = Dictionary(metrics.lag.map { ($0.range, $0.count) }) { first, _ in first }
        pullsCompleted = Int(clamping: metrics.pullsCompleted.value)
        pullsRefused = Int(clamping: metrics.pullsRefused.total)
        receivedBytes = Int(clamping: metrics.bytesReceived.value)
        sentBytes = Int(clamping: metrics.bytesSent.value)
        residentBytes = ProcessUsage.residentByteCount
        openFiles = ProcessUsage.openDescriptorCount
    }

    /// Clocks jump: never negative.
    private static func seconds(_ interval: TimeInterval) -> Int { Int(exactly: max(0, interval).rounded(.down)) ?? 0 }
}
