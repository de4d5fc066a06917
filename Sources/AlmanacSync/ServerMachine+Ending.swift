import AlmanacModel
import AlmanacWire

extension ServerMachine {
    /// Says why, and closes. Pulls that are open end with the connection.
    mutating func close(with error: ErrorMessage) -> [Action] {
        let ended = endOfAllPulls()
        state = .closed
        return ended + [.send(.error(error), .connection), .close(.error(error.code))]
    }

    mutating func close(_ reason: CloseReason) -> [Action] {
        let ended = endOfAllPulls()
        state = .closed
        return ended + [.close(reason)]
    }

    private func endOfAllPulls() -> [Action] {
        guard case .open(let open) = state else { return [] }
        return open.exchanges.filter { $0.value.isPull }.keys.sorted().map(Action.endPull)
    }

    mutating func tick(now: Instant) -> [Action] {
        guard let deadline, deadline <= now else { return [] }
        guard case .open(let open) = state else {
            state = .closed
            let error = ErrorMessage.refusal(.timedOut, "no hello came", retry: .here(after: .zero))
            return [.send(.error(error), .connection), .close(.helloTimedOut)]
        }
        if open.isFollowing, open.pinged == nil { return askSilentFollower(now: now) }
        guard open.exchanges.isEmpty || open.isFollowing else {
            let farewell = GoingAway.actions("what was sent has not been read for too long")
            return farewell + close(.stalled)
        }
        return GoingAway.actions("nothing was heard for too long") + close(.idle)
    }

    mutating func drain() -> [Action] {
        switch state {
        case .awaitingPeer: close(.drained)
        case .awaitingHello: GoingAway.actions("the server is stopping") + close(.drained)
        case .open(let open) where open.leaving == .server: []
        case .open: GoingAway.actions("the server is stopping") + endFollowing() + leave(.server)
        case .closed: []
        }
    }

    /// Accepts nothing new, finishes what is open, then closes.
    mutating func leave(_ leaving: Leaving) -> [Action] {
        update { $0.leaving = leaving }
        return closeIfLeft()
    }

    mutating func closeIfLeft() -> [Action] {
        guard case .open(let open) = state, open.leaving != nil, open.exchanges.isEmpty else { return [] }
        return close(.drained)
    }
}
