import NIOConcurrencyHelpers
import NIOCore

/// The open connections of a server.
final class Connections: Sendable {
    private struct State {
        var channels: [ObjectIdentifier: any Channel] = [:]
        /// Present once the server is stopping: fulfilled when the last connection is gone.
        var ended: EventLoopPromise<Void>?
    }

    private let state = NIOLockedValueBox(State())

    var count: Int { state.withLockedValue(\.channels.count) }

    /// A connection that comes while the server is stopping is closed.
    func add(_ channel: any Channel) {
        let id = ObjectIdentifier(channel)
        let isStopping = state.withLockedValue { state in
            state.channels[id] = channel
            return state.ended != nil
        }
        channel.closeFuture.whenComplete { [self] _ in remove(id) }
        if isStopping { channel.close(promise: nil) }
    }

    private func remove(_ id: ObjectIdentifier) {
        let ended = state.withLockedValue { state in
            state.channels[id] = nil
            return state.channels.isEmpty ? state.ended : nil
        }
        ended?.succeed()
    }

    /// Asks every connection to finish what is open. Called once; the future succeeds when no connection is left.
    func drain(on eventLoop: any EventLoop) -> EventLoopFuture<Void> {
        let ended = eventLoop.makePromise(of: Void.self)
        let channels = state.withLockedValue { state in
            state.ended = ended
            return Array(state.channels.values)
        }
        for channel in channels { channel.pipeline.fireUserInboundEventTriggered(DrainRequest()) }
        if channels.isEmpty { ended.succeed() }
        return ended.futureResult
    }

    /// Closes what is left.
    func close() {
        for channel in state.withLockedValue({ Array($0.channels.values) }) { channel.close(promise: nil) }
    }
}

/// A user event: the server is stopping.
struct DrainRequest: Sendable {}
