import AlmanacModel
import AlmanacWire

extension PushMachine {
    mutating func connected() -> [Action] {
        guard case .connecting = state else { return [] }
        state = .awaitingHello
        return [.send(.clientHello(plan.hello), .connection)]
    }

    mutating func received(_ message: Message, on exchange: ExchangeID) -> [Action] {
        switch message {
        case .error(let error): receivedError(error, on: exchange)
        case .ping(let ping): [.send(.pong(Pong(answering: ping)), .connection)]
        case .pong: []
        case .goingAway(let farewell): goingAway(farewell)
        case .serverHello(let hello): receivedHello(hello)
        case .receipts(let answer): receivedReceipts(answer.sheet, on: exchange)
        case .delegationChain(let answer): receivedChain(answer.chain, on: exchange)
        default: fail(.protocolViolation("a server does not send \(message.type.name), or not now"))
        }
    }

    private mutating func receivedError(_ error: ErrorMessage, on exchange: ExchangeID) -> [Action] {
        let isOpen: Bool =
            if case .pushing(let pushing) = state { pushing.unanswered[exchange] != nil } else { false }
        guard exchange == .connection || isOpen || exchange == Self.chainExchange && isChainAwaited else {
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
        state = .greeting(hello.epoch)
        return [.greet(hello)]
    }

    mutating func greeted() -> [Action] {
        guard case .greeting(let epoch) = state else { return [] }
        state = .pushing(Pushing(epoch: epoch))
        return goOn()
    }

    // MARK: Sheets

    mutating func send(_ push: Push) -> [Action] {
        guard case .pushing(var pushing) = state, pushing.isSupplyAsked else { return [] }
        // To a server that is leaving nothing more is sent.
        guard !pushing.isSupplyOver else { return nothingLeft() }
        let exchange = pushing.nextExchange()
        pushing.isSupplyAsked = false
        pushing.unanswered[exchange] = push.sheet.statement.operations.map(\.id)
        state = .pushing(pushing)
        return [.send(.push(push), exchange)] + goOn()
    }

    mutating func nothingLeft() -> [Action] {
        update { pushing in
            pushing.isSupplyAsked = false
            pushing.isSupplyOver = true
        }
        return goOn()
    }

    private mutating func receivedReceipts(_ sheet: Signed<ReceiptSheet>, on exchange: ExchangeID) -> [Action] {
        guard case .pushing(var pushing) = state, let sent = pushing.unanswered.removeValue(forKey: exchange) else {
            return fail(.protocolViolation("receipts on exchange \(exchange), which nobody opened"))
        }
        guard sheet.statement.receipts.map(\.operation) == sent else {
            return fail(.protocolViolation("receipts that are not those of the operations that were sent"))
        }
        guard sheet.statement.epoch == pushing.epoch else {
            return fail(
                .protocolViolation("receipts of epoch \(sheet.statement.epoch) on a connection of epoch \(pushing.epoch)"))
        }
        pushing.unstored += 1
        state = .pushing(pushing)
        return [.accept(sheet)]
    }

    mutating func stored() -> [Action] {
        guard case .pushing(let pushing) = state, pushing.unstored > 0 else { return [] }
        update { $0.unstored -= 1 }
        return goOn()
    }

    private mutating func update(_ body: (inout Pushing) -> Void) {
        guard case .pushing(var pushing) = state else { return }
        body(&pushing)
        state = .pushing(pushing)
    }

    private mutating func goOn() -> [Action] {
        guard case .pushing(let pushing) = state else { return [] }
        if pushing.isDone {
            state = .finished
            silentUntil = nil
            return [.close]
        }
        guard pushing.mayAskForMore else { return [] }
        update { $0.isSupplyAsked = true }
        return [.supply]
    }

    // MARK: The delegation chain

    mutating func chainNeeded() -> [Action] {
        switch state {
        case .greeting where !isChainAwaited, .pushing where !isChainAwaited: break
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

    /// A server that goes away still answers what is open; what was not sent yet waits for the next time.
    private mutating func goingAway(_ farewell: GoingAway) -> [Action] {
        guard case .pushing = state else { return fail(.serverGoingAway(farewell.sentence.string)) }
        update { $0.isSupplyOver = true }
        return goOn()
    }

    /// The server learns what was wrong before the connection ends.
    mutating func malformed(_ error: WireError) -> [Action] {
        let answer: [Action] = [.send(.error(ErrorMessage(refusing: error)), .connection)]
        return answer + fail(.protocolViolation(String(describing: error)))
    }

    mutating func tick(now: Instant) -> [Action] {
        guard let silentUntil, silentUntil <= now else { return [] }
        return fail(.silent)
    }

    mutating func fail(_ failure: SessionFailure) -> [Action] {
        state = .failed
        silentUntil = nil
        return [.fail(failure), .close]
    }
}

extension PushMachine.Pushing {
    /// One that no sheet is using.
    fileprivate mutating func nextExchange() -> ExchangeID {
        repeat {
            let first = PushMachine.chainExchange.rawValue + 1
            lastExchange = ExchangeID(lastExchange.rawValue == .max ? first : lastExchange.rawValue + 1)
        } while unanswered[lastExchange] != nil
        return lastExchange
    }
}
