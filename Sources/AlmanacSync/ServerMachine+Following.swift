import AlmanacModel
import AlmanacWire

/// Pulls that go on after their end. A follower that has everything is a position and costs no queue; one that does not read what
/// was sent gets nothing more until it does.
extension ServerMachine {
    /// Not once the server is about to stop: then the pull ends as others do.
    func isToFollow(_ exchange: ExchangeID) -> Bool {
        guard case .open(let open) = state else { return false }
        return open.followers[exchange] != nil && open.leaving == nil
    }

    /// Everything has been read up to this end. Where nothing was sent since the last one the head is the same, and nobody needs to
    /// hear it twice.
    mutating func catchUp(_ exchange: ExchangeID, _ end: Complete) -> [Action] {
        guard let follower = follower(exchange) else { return [] }
        let said: [Action] = follower.isOwed ? [.send(.reached(Reached(end)), exchange)] : []
        update { $0.followers[exchange] = Follower(said: Said(end)) }
        update { $0.exchanges[exchange] = follower.hasMoved ? .paused : .caughtUp }
        return said
    }

    mutating func headMoved() -> [Action] {
        guard case .open(let open) = state else { return [] }
        for exchange in open.followers.keys {
            if open.exchanges[exchange] == .caughtUp {
                pause(exchange)
            } else {
                update { $0.followers[exchange]?.hasMoved = true }
            }
        }
        return readOn()
    }

    /// A follower that has everything and reads hears of a newer signature; the others are told a state anyway.
    mutating func headRenewed() -> [Action] {
        guard isWritable, case .open(let open) = state else { return [] }
        for exchange in open.followers.keys where open.exchanges[exchange] == .caughtUp {
            pause(exchange)
            update { $0.followers[exchange]?.isToHearAgain = true }
        }
        return readOn()
    }

    /// Whether this was said already, so that nothing has to be said.
    func hasHeard(_ end: Complete, _ exchange: ExchangeID) -> Bool {
        guard isToFollow(exchange), let follower = follower(exchange) else { return false }
        return !follower.isOwed && follower.said == Said(end)
    }

    private func follower(_ exchange: ExchangeID) -> Follower? {
        if case .open(let open) = state { open.followers[exchange] } else { nil }
    }

    /// Followers that wait for news are told that none will come from here.
    mutating func endFollowing() -> [Action] {
        guard case .open(let open) = state else { return [] }
        let error = ErrorMessage.refusal(
            .goingAway, "the server is stopping", fault: .sender, retry: .here(after: .seconds(1)))
        return open.exchanges.filter { $0.value == .caughtUp }.keys.sorted().flatMap { exchange in
            finish(exchange, [.endPull(exchange), .send(.error(error), exchange)], now: nil)
        }
    }

    /// A follower that says nothing is asked once whether it is there.
    mutating func askSilentFollower(now: Instant) -> [Action] {
        update { $0.pinged = now }
        return [.send(.ping(Ping(content: 0)), .connection)]
    }
}
