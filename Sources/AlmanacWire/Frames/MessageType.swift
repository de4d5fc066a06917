/// The types of section 9 of the specification. The raw value is the code in a frame.
public enum MessageType: UInt8, Hashable, Sendable, CaseIterable {
    case clientHello = 1
    case serverHello = 2
    case enrol = 3
    case enrolled = 4
    case renew = 5
    case pull = 6
    case outline = 7
    case window = 8
    case complete = 9
    case cancel = 10
    case chainRequest = 11
    case delegationChain = 12
    case ping = 13
    case pong = 14
    case goingAway = 15
    case error = 16
    case reached = 17
    case push = 18
    case receipts = 19

    /// The longest payload, in bytes.
    public var payloadCap: Int {
        switch self {
        case .clientHello, .enrol, .renew: 8_192
        case .serverHello, .enrolled, .delegationChain: 32_768
        case .pull, .outline: 65_536
        case .window, .complete, .reached, .push: Caps.windowPayload
        case .receipts: 1_048_576
        case .cancel, .chainRequest: 0
        case .ping, .pong: 8
        case .goingAway, .error: 1_024
        }
    }

    /// Whether this side sends such messages.
    public func isSent(by side: Side) -> Bool {
        switch self {
        case .clientHello, .enrol, .renew, .pull, .push, .cancel, .chainRequest: side == .client
        case .serverHello, .enrolled, .outline, .window, .complete, .reached, .receipts, .delegationChain: side == .server
        case .ping, .pong, .goingAway, .error: true
        }
    }

    /// Whether its frames carry the flag *last*.
    public var isLast: Bool {
        switch self {
        case .clientHello, .serverHello, .outline, .window, .reached, .ping, .pong, .goingAway: false
        case .enrol, .enrolled, .renew, .pull, .push, .receipts, .complete, .cancel, .chainRequest, .delegationChain, .error: true
        }
    }

    /// Whether it may stand on this exchange.
    public func belongs(to exchange: ExchangeID) -> Bool {
        switch self {
        case .clientHello, .serverHello, .ping, .pong, .goingAway: exchange == .connection
        case .error: true
        default: exchange != .connection
        }
    }

    /// As the specification writes it.
    public var name: String {
        switch self {
        case .clientHello: "client_hello"
        case .serverHello: "server_hello"
        case .enrol: "enrol"
        case .enrolled: "enrolled"
        case .renew: "renew"
        case .pull: "pull"
        case .outline: "outline"
        case .window: "window"
        case .complete: "complete"
        case .cancel: "cancel"
        case .chainRequest: "chain_request"
        case .delegationChain: "delegation_chain"
        case .ping: "ping"
        case .pong: "pong"
        case .goingAway: "going_away"
        case .error: "error"
        case .reached: "reached"
        case .push: "push"
        case .receipts: "receipts"
        }
    }
}
