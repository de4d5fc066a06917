import NIOCore

extension Message {
    /// What this frame says. Its type has to be known; its flags, its exchange id and its length have to be its type's.
    public static func decode(_ frame: Frame) throws(WireError) -> Message {
        guard let type = MessageType(rawValue: frame.type) else {
            throw .unknownCode("type of a message", code: UInt64(frame.type))
        }
        guard frame.isLast == type.isLast else { throw .badFlags(frame.isLast ? Frame.lastFlag : 0) }
        guard type.belongs(to: frame.exchange) else { throw .badExchange(frame.exchange.rawValue) }
        guard frame.payload.readableBytes <= type.payloadCap else { throw .tooLarge("payload of a frame", cap: type.payloadCap) }
        if type == .window { return .window(try WindowMessage(payload: frame.payload)) }
        return try read(type, frame.payload)
    }

    private static func read(_ type: MessageType, _ payload: ByteBuffer) throws(WireError) -> Message {
        var reader = WireReader(payload)
        let message = try read(type, from: &reader)
        try reader.finish("message")
        return message
    }

    private static func read(_ type: MessageType, from reader: inout WireReader) throws(WireError) -> Message {
        switch type {
        case .clientHello: .clientHello(try ClientHello(from: &reader))
        case .serverHello: .serverHello(try ServerHello(from: &reader))
        case .enrol: .enrol(try Enrol(from: &reader))
        case .enrolled: .enrolled(try Enrolled(from: &reader))
        case .renew: .renew(try Renew(from: &reader))
        case .pull: .pull(try PullRequest(from: &reader))
        case .outline: .outline(try Outline(from: &reader))
        case .window: .window(try WindowMessage(from: &reader))
        case .complete: .complete(try Complete(from: &reader))
        case .reached: .reached(try Reached(from: &reader))
        case .push: .push(try Push(from: &reader))
        case .receipts: .receipts(try Receipts(from: &reader))
        case .cancel: .cancel(try Cancel(from: &reader))
        case .chainRequest: .chainRequest(try ChainRequest(from: &reader))
        case .delegationChain: .delegationChain(try DelegationChainMessage(from: &reader))
        case .ping: .ping(try Ping(from: &reader))
        case .pong: .pong(try Pong(from: &reader))
        case .goingAway: .goingAway(try GoingAway(from: &reader))
        case .error: .error(try ErrorMessage(from: &reader))
        }
    }
}
