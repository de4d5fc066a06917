import NIOCore

/// What a frame says: section 9 of the specification.
public enum Message: Hashable, Sendable {
    case clientHello(ClientHello)
    case serverHello(ServerHello)
    case enrol(Enrol)
    case enrolled(Enrolled)
    case renew(Renew)
    case pull(PullRequest)
    case outline(Outline)
    /// Its head is read, its chunks are not: ``WindowMessage/decode()``.
    case window(WindowMessage)
    case complete(Complete)
    case reached(Reached)
    case push(Push)
    case receipts(Receipts)
    case cancel(Cancel)
    case chainRequest(ChainRequest)
    case delegationChain(DelegationChainMessage)
    case ping(Ping)
    case pong(Pong)
    case goingAway(GoingAway)
    case error(ErrorMessage)

    public var type: MessageType { Swift.type(of: payload).type }

    /// The frame that carries it; the flag *last* is its type's.
    public func encode(exchange: ExchangeID) -> Frame {
        Frame(type: type.rawValue, isLast: type.isLast, exchange: exchange, payload: encodedPayload)
    }

    private var encodedPayload: ByteBuffer {
        if case .window(let window) = self { window.payload } else { payload.encoded.buffer }
    }

    private var payload: any MessagePayload {
        switch self {
        case .clientHello(let payload): payload
        case .serverHello(let payload): payload
        case .enrol(let payload): payload
        case .enrolled(let payload): payload
        case .renew(let payload): payload
        case .pull(let payload): payload
        case .outline(let payload): payload
        case .window(let payload): payload
        case .complete(let payload): payload
        case .reached(let payload): payload
        case .push(let payload): payload
        case .receipts(let payload): payload
        case .cancel(let payload): payload
        case .chainRequest(let payload): payload
        case .delegationChain(let payload): payload
        case .ping(let payload): payload
        case .pong(let payload): payload
        case .goingAway(let payload): payload
        case .error(let payload): payload
        }
    }
}
