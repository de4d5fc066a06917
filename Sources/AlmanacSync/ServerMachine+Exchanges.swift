import AlmanacModel
import AlmanacWire

extension ServerMachine {
    mutating func receivedInOpen(_ message: Message, on exchange: ExchangeID, now: Instant) -> [Action] {
        update { open in
            open.lastActivity = now
            open.pinged = nil
        }
        return switch message {
        case .enrol(let request): begin(.answering, exchange, needs: .enrol, .enrol(exchange, request))
        case .renew(let request): begin(.answering, exchange, needs: .renew, .renew(exchange, request))
        case .pull(let request): beginPull(exchange, request)
        case .push(let push): begin(.answering, exchange, needs: .full, .push(exchange, push))
        case .chainRequest: begin(.answering, exchange, needs: nil, .delegationChain(exchange))
        case .cancel: cancel(exchange)
        case .ping(let ping): [.send(.pong(Pong(answering: ping)), .connection)]
        case .pong, .error: []
        case .goingAway: leave(.client)
        default: close(with: .violation("a client does not send \(message.type.name), or not now"))
        }
    }

    /// Nil stands for an action that comes later.
    private mutating func begin(
        _ kind: Exchange, _ exchange: ExchangeID, needs access: AccessLevel?, _ action: Action?
    ) -> [Action] {
        guard case .open(let open) = state else { return [] }
        guard exchange != .connection else { return close(with: .violation("exchange 0 takes no requests")) }
        guard open.exchanges[exchange] == nil else { return close(with: .violation("exchange \(exchange) is in use")) }
        if let refusal = open.refusal(needs: access) { return [.send(.error(refusal), exchange)] }
        update { $0.exchanges[exchange] = kind }
        return action.map { [$0] } ?? []
    }

    private mutating func beginPull(_ exchange: ExchangeID, _ request: PullRequest) -> [Action] {
        let refusal = begin(.waiting(request), exchange, needs: .full, nil)
        guard refusal.isEmpty else { return refusal }
        if request.isFollowing { update { $0.followers[exchange] = Follower() } }
        return readOn()
    }

    // MARK: Answers

    mutating func answered(_ exchange: ExchangeID, _ message: Message, now: Instant) -> [Action] {
        switch exchangeState(exchange) {
        case .answering: finish(exchange, [.send(message, exchange)], now: now)
        case .ending(.answer, let error): finish(exchange, [.send(.error(error), exchange)], now: now)
        default: []
        }
    }

    mutating func stepped(_ exchange: ExchangeID, _ step: PullStep, now: Instant) -> [Action] {
        guard exchangeState(exchange)?.isReading == true else { return [] }
        let actions = took(step, for: exchange, now: now)
        // The next piece is made when the connection has taken this one: a reader that stalls is a position and costs no queue.
        guard case .open(let open) = state, open.nextToRead != nil else { return actions }
        return actions + [.reportWritability]
    }

    private mutating func took(_ step: PullStep, for exchange: ExchangeID, now: Instant) -> [Action] {
        switch (exchangeState(exchange), step) {
        case (.ending(.piece, let error), _), (.reading, .refused(let error)):
            return finish(exchange, [.endPull(exchange), .send(.error(error), exchange)], now: now)
        case (.reading, .piece(let outline, let windows, let end)):
            if let end, windows.isEmpty, hasHeard(end, exchange) { return catchUp(exchange, end) }
            let piece = Self.sends(outline, windows, on: exchange)
            if !piece.isEmpty { update { $0.followers[exchange]?.isOwed = true } }
            guard let end else {
                pause(exchange)
                return piece
            }
            if isToFollow(exchange) { return piece + catchUp(exchange, end) }
            return finish(exchange, piece + [.endPull(exchange), .send(.complete(end), exchange)], now: now)
        default: return []
        }
    }

    private static func sends(_ outline: Outline?, _ windows: [EncodedWindow], on exchange: ExchangeID) -> [Action] {
        var actions: [Action] = []
        if let outline { actions.append(.send(.outline(outline), exchange)) }
        for window in windows { actions.append(.sendWindow(window, exchange)) }
        return actions
    }

    mutating func pause(_ exchange: ExchangeID) { update { $0.exchanges[exchange] = .paused } }

    mutating func writabilityChanged(_ isWritable: Bool, now: Instant) -> [Action] {
        self.isWritable = isWritable
        update { open in
            open.lastActivity = now
            open.lastProgress = now
        }
        return readOn()
    }

    /// Begins to read what comes next, if anything does and the connection takes it.
    mutating func readOn() -> [Action] {
        guard isWritable, case .open(let open) = state, let exchange = open.nextToRead else { return [] }
        update { open in
            open.exchanges[exchange] = .reading
            open.lastRead = exchange
            open.followers[exchange]?.isToHearAgain = false
        }
        if case .waiting(let request)? = open.exchanges[exchange] { return [.beginPull(exchange, request)] }
        return [open.followers[exchange]?.isToHearAgain == true ? .readAgain(exchange) : .readNext(exchange)]
    }

    // MARK: Ends

    private mutating func cancel(_ exchange: ExchangeID) -> [Action] {
        end(exchange, .refusal(.cancelled, "cancelled as asked", fault: .nobody))
    }

    /// The error ends the exchange of the unknown message, if that was open.
    mutating func receivedUnknown(_ type: UInt8, on exchange: ExchangeID, now: Instant) -> [Action] {
        guard case .open = state else { return close(with: .notHello) }
        update { $0.lastActivity = now }
        let error = ErrorMessage.refusal(.unknownMessage, "this server does not know messages of type \(type)")
        return exchangeState(exchange) == nil ? [.send(.error(error), exchange)] : end(exchange, error)
    }

    private mutating func end(_ exchange: ExchangeID, _ error: ErrorMessage) -> [Action] {
        switch exchangeState(exchange) {
        case .answering: update { $0.exchanges[exchange] = .ending(.answer, error) }
        case .reading: update { $0.exchanges[exchange] = .ending(.piece, error) }
        case .waiting: return finish(exchange, [.send(.error(error), exchange)], now: nil)
        case .paused, .caughtUp: return finish(exchange, [.endPull(exchange), .send(.error(error), exchange)], now: nil)
        case .ending, nil: break
        }
        return []
    }

    mutating func finish(_ exchange: ExchangeID, _ actions: [Action], now: Instant?) -> [Action] {
        update { open in
            open.exchanges[exchange] = nil
            open.followers[exchange] = nil
            if let now { open.lastActivity = now }
        }
        return actions + closeIfLeft()
    }

    func exchangeState(_ exchange: ExchangeID) -> Exchange? {
        if case .open(let open) = state { open.exchanges[exchange] } else { nil }
    }
}

extension ServerMachine.Open {
    fileprivate func refusal(needs access: AccessLevel?) -> ErrorMessage? {
        if let leaving {
            let sentence = leaving == .server ? "the server is stopping" : "the client is going away"
            return .refusal(.goingAway, sentence, fault: .sender, retry: .here(after: .seconds(1)))
        }
        if let needed = access, !self.access.allows(needed) {
            return .refusal(.notAllowed, self.access.sentence(whenAskedFor: needed))
        }
        if exchanges.count >= Caps.openExchanges {
            return .refusal(.busy, "\(Caps.openExchanges) exchanges are open already", retry: .here(after: .seconds(1)))
        }
        return nil
    }
}
