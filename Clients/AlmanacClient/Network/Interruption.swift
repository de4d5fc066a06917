import Synchronization

/// The user's wish to stop, handed to whoever is waiting for the network or writing files.
public final class Interruption: Sendable {
    private struct State {
        var isRequested = false
        var listener: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    public init() {}

    /// True if somebody listens who will stop in an orderly way; otherwise nothing is at stake and the process may end.
    public func request() -> Bool {
        let listener = state.withLock { state in
            state.isRequested = true
            return state.listener
        }
        listener?()
        return listener != nil
    }

    var isRequested: Bool { state.withLock(\.isRequested) }

    /// Calls the listener at once if the wish is there already.
    func listen(_ listener: @escaping @Sendable () -> Void) {
        let isRequested = state.withLock { state in
            state.listener = listener
            return state.isRequested
        }
        if isRequested { listener() }
    }

    func stopListening() { state.withLock { $0.listener = nil } }
}
