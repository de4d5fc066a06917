import AlmanacModel
import AlmanacWire

extension ServerMachine {
    mutating func opened(_ access: Access, _ role: Role?, now: Instant) -> [Action] {
        guard case .awaitingPeer = state else { return [] }
        state = .awaitingHello(access.level, deadline: now.advanced(by: identity.helloTimeout))
        guard let hello = identity.hello(access, role) else {
            return close(with: .refusal(.internal, "the hello is too large", fault: .sender))
        }
        return [.send(.serverHello(hello), .connection)]
    }

    mutating func received(_ message: Message, on exchange: ExchangeID, now: Instant) -> [Action] {
        switch (state, message) {
        case (.awaitingHello(let access, _), .clientHello(let hello)): receivedHello(hello, access: access, now: now)
        case (.open, _): receivedInOpen(message, on: exchange, now: now)
        default: close(with: .notHello)
        }
    }

    private mutating func receivedHello(_ hello: ClientHello, access: AccessLevel, now: Instant) -> [Action] {
        guard hello.versions.highestCommon(with: .current) != nil else {
            return close(
                with: .refusal(
                    .versionUnsupported,
                    "this server speaks protocol versions \(ProtocolVersions.current), the client \(hello.versions)"))
        }
        if let expected = hello.dataset, expected != identity.dataset {
            return close(
                with: .refusal(.wrongDataset, "this server has the dataset \(identity.dataset), not \(expected)"))
        }
        state = .open(Open(access: access, opened: now, lastActivity: now, lastProgress: now))
        return []
    }
}
