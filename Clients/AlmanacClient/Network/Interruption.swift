import AlmanacSync
import Synchronization

/// The user's wish to stop, handed to whoever is waiting for the network or writing files.
public final class Interruption: Sendable {
    private struct State {
        var isRequested = false
        /// The last one that came hears of the wish.
        var listeners: [(id: Int, listener: @Sendable () -> Void)] = []
        var nextID = 0
    }

    /// Who listens, until ``stopListening(_:)``.
    struct Listening: Sendable {
        fileprivate let id: Int
    }

    private let state = Mutex(State())

    public init() {}

    /// True if somebody listens who will stop in an orderly way; otherwise nothing is at stake and the process may end.
    public func request() -> Bool {
        let listener = state.withLock { state in
            state.isRequested = true
            return state.listeners.last?.listener
        }
        listener?()
        return listener != nil
    }

    var isRequested: Bool { state.withLock(\.isRequested) }

    /// Calls the listener at once if the wish is there already. Until it stops listening it hears in place of those before it.
    func listen(_ listener: @escaping @Sendable () -> Void) -> Listening {
        let (id, isRequested) = state.withLock { state in
            state.nextID += 1
            state.listeners.append((state.nextID, listener))
            return (state.nextID, state.isRequested)
        }
        if isRequested { listener() }
        return Listening(id: id)
    }

    /// Waits so long; throws ``SessionFailure/interrupted`` as soon as the wish is there.
    func sleep(for duration: Duration) async throws {
        let (wishes, continuation) = AsyncStream.makeStream(of: Void.self)
        let listening = listen { continuation.yield() }
        defer { stopListening(listening) }
        let isWished = await withTaskGroup(of: Bool.self) { group in
            group.addTask { await wishes.first { true } != nil }
            group.addTask {
                try? await Task.sleep(for: duration)
                return false
            }
            let first = await group.next() ?? false
            group.cancelAll()
            return first
        }
        if isWished { throw SessionFailure.interrupted }
    }

    func stopListening(_ listening: Listening) { state.withLock { $0.listeners.removeAll { $0.id == listening.id } } }
}
