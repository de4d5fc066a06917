import AlmanacModel
import AlmanacWire
import NIOCore

/// What a peer may send: messages that fit often enough to lead somewhere, and any others.
extension Choices {
    /// Nil where the bytes make none.
    mutating func clientMessage() throws -> (message: Message, exchange: ExchangeID)? {
        let kind = index(below: 13)
        let exchange = ExchangeID(UInt16(1 + index(below: 20)))
        switch kind {
        case 0...3: return (.pull(try pull()), exchange)
        case 4, 5: return (.cancel(Cancel()), exchange)
        case 6: return (.chainRequest(ChainRequest()), exchange)
        case 7: return (.enrol(try Enrol(secret: try Samples.secret(), request: [1], deviceName: "laptop")), exchange)
        case 8: return (.renew(try Renew(request: [1])), exchange)
        case 9:
            let hello = try ClientHello(software: "fuzz/1", dataset: flag() ? try Samples.dataset(byte() & 1 &+ 6) : nil)
            return (.clientHello(hello), .connection)
        case 10: return either(from: .client)
        case 11: return (.push(try push()), exchange)
        default: return anything(from: .client)
        }
    }

    /// Nil where the bytes make none.
    mutating func serverMessage() throws -> (message: Message, exchange: ExchangeID)? {
        let kind = index(below: 12)
        let exchange = ExchangeID(rarely() ? 2 : 1)
        switch kind {
        case 0: return (try serverHello(), .connection)
        case 1, 2: return (.outline(try outline()), exchange)
        case 3...5:
            let head = 2 + UInt64(index(below: 30))
            let base = min(UInt64(index(below: 16)), head - 1)
            let window = try Samples.window(stream(), base: base, head: head, id: 1 + Int64(byte()))
            return (.window(WindowMessage(window)), exchange)
        case 6: return (.complete(try complete()), exchange)
        case 7: return (.reached(Reached(try complete())), exchange)
        case 8: return (.delegationChain(try DelegationChainMessage(chain: try Samples.chain())), ExchangeID(2))
        case 9:
            let answer = try Enrolled(certificates: [[0x30, 0]], person: "mika", role: .reader, chain: try Samples.chain())
            return (.enrolled(answer), exchange)
        case 10: return either(from: .server)
        default: return anything(from: .server)
        }
    }

    mutating func pull() throws -> PullRequest {
        let head = UInt64(index(below: 20))
        let streams = Samples.streams.filter { _ in flag() }.map { stream in
            let base = Sequence(UInt64(index(below: 256)) % (head + 1))
            return StreamBase(stream: stream, base: base, position: Position(after: base))
        }
        return try PullRequest(
            epoch: Epoch(Samples.epoch), highestHead: Sequence(head), streams: streams, patterns: flag() ? [.all] : [],
            extensions: flag() ? .following : .none)
    }

    mutating func push() throws -> Push {
        let id = try Samples.valid(UniqueID(bytes: [UInt8](repeating: byte(), count: 16)))
        let operations = [try SentOperation(id.bytes + bytes(atMost: 64))]
        let sheet = try OperationSheet(dataset: try Samples.dataset(), key: bytes(atMost: 91), operations: operations)
        return try Push(sheet: Signed(sheet, signature: Samples.signature()))
    }

    mutating func access() throws -> Access {
        switch index(below: 4) {
        case 0: .enrol(try Samples.chain())
        case 1: .renew(try Samples.chain())
        case 2: .full(nil)
        default: .full(try Samples.checkpoint(9))
        }
    }

    mutating func outline() throws -> Outline {
        try Outline(
            head: Sequence(UInt64(index(below: 32))),
            entries: Samples.streams.filter { _ in !rarely() }.map {
                OutlineEntry(stream: $0, remaining: UInt64(index(below: 8)))
            })
    }

    mutating func complete() throws -> Complete {
        let sequence = 1 + UInt64(index(below: 32))
        return try Complete(
            checkpoint: try Samples.checkpoint(sequence), proofs: [StreamProof?](repeating: nil, count: rarely() ? 1 : 3))
    }

    mutating func stream() -> StreamName { Samples.streams[index(below: Samples.streams.count)] }

    private mutating func serverHello() throws -> Message {
        let versions = rarely() ? try ProtocolVersions(lowest: 2, highest: 9) : .current
        let access: Access = rarely() ? try self.access() : .full(try Samples.checkpoint(9))
        return .serverHello(
            try ServerHello(
                versions: versions, software: "fuzz/1", dataset: try Samples.dataset(rarely() ? 8 : 7),
                epoch: Epoch(rarely() ? 4 : Samples.epoch), name: "fuzz", access: flag() ? access : .enrol(try Samples.chain())))
    }

    /// What both sides send.
    private mutating func either(from side: Side) -> (message: Message, exchange: ExchangeID)? {
        switch index(below: 4) {
        case 0: (.ping(Ping(content: number())), .connection)
        case 1: (.pong(Pong(answering: Ping(content: 0))), .connection)
        case 2: (.error(.refusal(.busy, "because")), ExchangeID(UInt16(byte() & 3)))
        default: (try? GoingAway(sentence: "bye")).map { (.goingAway($0), .connection) }
        }
    }

    /// A message of any type that bytes make.
    private mutating func anything(from side: Side) -> (message: Message, exchange: ExchangeID)? {
        guard let type = MessageType(rawValue: byte()), type.isSent(by: side) else { return nil }
        let exchange = ExchangeID(UInt16(byte() & 3))
        let payload = ByteBuffer(bytes: bytes(atMost: 255))
        let frame = Frame(type: type.rawValue, isLast: type.isLast, exchange: exchange, payload: payload)
        return (try? Message.decode(frame)).map { ($0, exchange) }
    }
}
