import AlmanacModel
import AlmanacWire

extension ClientMachine {
    /// Hello and request go out together: nothing new costs one round trip.
    mutating func connected() -> [Action] {
        guard case .connecting = state else { return [] }
        state = .awaitingHello
        return [.send(.clientHello(plan.hello), .connection), .send(.pull(plan.pull), Self.exchange)]
    }

    mutating func received(_ message: Message, on exchange: ExchangeID) -> [Action] {
        switch message {
        case .error(let error): receivedError(error, on: exchange)
        case .ping(let ping): [.send(.pong(Pong(answering: ping)), .connection)]
        case .pong: []
        case .goingAway(let farewell): goingAway(farewell)
        case .serverHello(let hello): receivedHello(hello)
        case .outline(let outline): receivedInPull(exchange) { machine, pull in machine.received(outline, &pull) }
        case .window(let window): receivedInPull(exchange) { machine, pull in machine.received(window, &pull) }
        case .complete(let complete): receivedInPull(exchange) { machine, pull in machine.received(complete, &pull) }
        case .reached(let reached): receivedInPull(exchange) { machine, pull in machine.received(reached, &pull) }
        case .delegationChain(let answer): receivedChain(answer.chain, on: exchange)
        default: fail(.protocolViolation("a server does not send \(message.type.name), or not now"))
        }
    }

    private mutating func receivedError(_ error: ErrorMessage, on exchange: ExchangeID) -> [Action] {
        guard [.connection, Self.exchange, Self.chainExchange].contains(exchange) else {
            return fail(.protocolViolation("an error on exchange \(exchange), which nobody opened"))
        }
        return fail(.refused(error))
    }

    private mutating func receivedHello(_ hello: ServerHello) -> [Action] {
        guard case .awaitingHello = state else { return fail(.protocolViolation("a second hello")) }
        guard hello.versions.highestCommon(with: .current) != nil else { return fail(.noCommonVersion(server: hello.versions)) }
        if let expected = plan.hello.dataset, hello.dataset != expected {
            return fail(.wrongDataset(found: hello.dataset, expected: expected))
        }
        guard hello.access.level == .full else { return fail(.accessLimited(hello.access.level)) }
        if let known = plan.epoch, hello.epoch < known { return fail(.olderEpoch(found: hello.epoch, known: known)) }
        let bases = Dictionary(uniqueKeysWithValues: plan.pull.streams.map { ($0.stream, $0) })
        state = .pulling(Pulling(positions: bases, highestHead: plan.pull.highestHead))
        return [.greet(hello)]
    }

    private mutating func receivedInPull(
        _ exchange: ExchangeID, _ body: (inout ClientMachine, inout Pulling) -> [Action]
    ) -> [Action] {
        guard case .pulling(var pull) = state else { return fail(.protocolViolation("an answer before the hello")) }
        guard exchange == Self.exchange else {
            return fail(.protocolViolation("an answer on exchange \(exchange), which nobody opened"))
        }
        let actions = body(&self, &pull)
        if case .pulling = state { state = .pulling(pull) }
        return actions
    }

    // MARK: The pull

    private mutating func received(_ outline: Outline, _ pull: inout Pulling) -> [Action] {
        let names = outline.entries.map(\.stream)
        guard pull.positions.keys.allSatisfy(names.contains) else {
            return fail(.protocolViolation("the outline leaves out a stream that was asked for"))
        }
        guard outline.head >= pull.highestHead else {
            return fail(.protocolViolation("the outline goes back to \(outline.head)"))
        }
        for name in names where pull.positions[name] == nil {
            guard plan.pull.patterns.contains(where: { $0.matches(name) }) || name == .reference else {
                return fail(.protocolViolation("the outline names \(name), which was not asked for"))
            }
            pull.positions[name] = StreamBase(stream: name, base: .zero, position: .start)
        }
        pull.outline = outline.entries
        pull.received = [:]
        pull.highestHead = outline.head
        return [.announce(outline)]
    }

    private mutating func received(_ window: WindowMessage, _ pull: inout Pulling) -> [Action] {
        let header = window.header
        guard pull.outline != nil, let base = pull.positions[header.stream] else {
            return fail(.protocolViolation("a window of \(header.stream), which the outline does not name"))
        }
        guard header.base <= base.base, header.end > base.position, header.head >= pull.highestHead else {
            return fail(.protocolViolation("a window of \(header.stream) that does not go on where the last one ended"))
        }
        pull.positions[header.stream] = base.advanced(to: header.end)
        pull.highestHead = header.head
        return [.store(window)]
    }

    /// Called by the owner once a window is decoded: no server may send more than it announced.
    public mutating func counted(_ entries: Int, in stream: StreamName) -> [Action] {
        guard case .pulling(var pull) = state else { return [] }
        let received = (pull.received[stream] ?? 0) + UInt64(clamping: entries)
        let announced = pull.outline?.first { $0.stream == stream }?.remaining ?? 0
        guard received <= announced else { return fail(.protocolViolation("more entries of \(stream) than were announced")) }
        pull.received[stream] = received
        state = .pulling(pull)
        return []
    }

    private mutating func received(_ complete: Complete, _ pull: inout Pulling) -> [Action] {
        if let flaw = pull.flaw(of: complete) { return fail(.protocolViolation(flaw)) }
        state = .judging
        return [.complete(complete, streams: pull.streams)]
    }

    private mutating func received(_ reached: Reached, _ pull: inout Pulling) -> [Action] {
        guard plan.pull.isFollowing else { return fail(.protocolViolation("a pull that was not to follow goes on")) }
        if let flaw = pull.flaw(of: reached.end) { return fail(.protocolViolation(flaw)) }
        state = .judgingReached(pull, head: reached.end.checkpoint.statement.sequence)
        return [.reached(reached.end, streams: pull.streams)]
    }

    // MARK: The delegation chain

    mutating func chainNeeded() -> [Action] {
        switch state {
        case .pulling where !isChainAwaited, .judging where !isChainAwaited, .judgingReached where !isChainAwaited: break
        default: return []
        }
        isChainAwaited = true
        return [.send(.chainRequest(ChainRequest()), Self.chainExchange)]
    }

    private mutating func receivedChain(_ chain: DelegationChain, on exchange: ExchangeID) -> [Action] {
        guard isChainAwaited, exchange == Self.chainExchange else {
            return fail(.protocolViolation("a delegation chain that nobody asked for"))
        }
        isChainAwaited = false
        return [.adopt(chain)]
    }

    // MARK: Ending

    mutating func concluded() -> [Action] {
        switch state {
        case .judging:
            state = .finished
            silentUntil = nil
            return [.close]
        case .judgingReached(let pull, let head):
            state = .pulling(pull.goingOn(from: head))
            return []
        default: return []
        }
    }

    /// The server learns what was wrong before the connection ends.
    mutating func malformed(_ error: WireError) -> [Action] {
        let answer: [Action] = [.send(.error(ErrorMessage(refusing: error)), .connection)]
        return answer + fail(.protocolViolation(String(describing: error)))
    }

    private mutating func goingAway(_ farewell: GoingAway) -> [Action] {
        // A server that goes away still finishes what is open.
        switch state {
        case .pulling, .judging, .judgingReached: return []
        default: return fail(.serverGoingAway(farewell.sentence.string))
        }
    }

    mutating func interrupted() -> [Action] {
        let cancel: [Action] = if case .pulling = state { [.send(.cancel(Cancel()), Self.exchange)] } else { [] }
        return cancel + fail(.interrupted)
    }

    mutating func tick(now: Instant) -> [Action] {
        guard let silentUntil, silentUntil <= now else { return [] }
        guard case .pulling(let pull) = state, pull.isWaitingForNews, !isServerAsked else { return fail(.silent) }
        isServerAsked = true
        self.silentUntil = now.advanced(by: Plan.patienceForPong)
        return [.send(.ping(Ping(content: 0)), .connection)]
    }

    mutating func fail(_ failure: SessionFailure) -> [Action] {
        state = .failed
        silentUntil = nil
        return [.fail(failure), .close]
    }
}
