import AlmanacWire
import NIOConcurrencyHelpers
import NIOCore

/// The open connections of a server.
final class Connections: Sendable {
    private struct State {
        var channels: [ObjectIdentifier: any Channel] = [:]
        var admitted: [ObjectIdentifier: Admittee] = [:]
        /// In turn, so that each part has as many connections as the others.
        var parts: [ObjectIdentifier: Int] = [:]
        var nextPart = 0
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
            state.parts[id] = state.nextPart
            state.nextPart = (state.nextPart + 1) % Self.partCount
            return state.ended != nil
        }
        channel.closeFuture.whenComplete { [self] _ in remove(id) }
        if isStopping { channel.close(promise: nil) }
    }

    private func remove(_ id: ObjectIdentifier) {
        let ended = state.withLockedValue { state in
            state.channels[id] = nil
            state.admitted[id] = nil
            state.parts[id] = nil
            return state.channels.isEmpty ? state.ended : nil
        }
        ended?.succeed()
    }

    /// Whom the open connections were admitted as.
    var admitted: [ObjectIdentifier: Admittee] { state.withLockedValue(\.admitted) }

    func admit(_ admittee: Admittee, on channel: any Channel) {
        state.withLockedValue { state in
            let id = ObjectIdentifier(channel)
            if state.channels[id] != nil { state.admitted[id] = admittee }
        }
    }

    func endAccess(of connection: ObjectIdentifier, _ error: ErrorMessage) {
        state.withLockedValue { $0.channels[connection] }?.pipeline.fireUserInboundEventTriggered(AccessEnded(error: error))
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

    /// Tells every connection; those that follow nothing do nothing.
    func headMoved() {
        for channel in state.withLockedValue({ Array($0.channels.values) }) {
            channel.pipeline.fireUserInboundEventTriggered(HeadMoved())
        }
    }

    /// The connections are told in so many parts, so that what all of them are told does not come to all at once.
    static let partCount = 60

    /// Tells one part of the connections that the head may have been signed anew.
    func headRenewed(part: Int) {
        let channels = state.withLockedValue { state in
            state.parts.compactMap { id, its in its == part ? state.channels[id] : nil }
        }
        for channel in channels { channel.pipeline.fireUserInboundEventTriggered(HeadRenewed()) }
    }

    /// Closes what is left.
    func close() {
        for channel in state.withLockedValue({ Array($0.channels.values) }) { channel.close(promise: nil) }
    }
}

/// A user event: the server is stopping.
struct DrainRequest: Sendable {}

/// A user event: there is a new head.
struct HeadMoved: Sendable {}

/// A user event: the head may have been signed anew.
struct HeadRenewed: Sendable {}

/// A user event: the peer may stay no longer.
struct AccessEnded: Sendable {
    let error: ErrorMessage
}
