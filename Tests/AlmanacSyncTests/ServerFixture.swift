import AlmanacModel
import AlmanacSync
import AlmanacWire
import NIOCore
import Testing

/// A server's machine with a clock of its own, and what messages to it and from it are made of.
struct ServerFixture {
    var machine: ServerMachine
    var now = Instant(clamping: 1_000_000)

    static let helloTimeout = Duration.seconds(5)
    static let idleTimeout = Duration.seconds(120)
    static let stallTimeout = Duration.seconds(600)

    init() throws {
        var identity = ServerMachine.Identity(
            software: "almanacd/test", dataset: try Self.dataset(), epoch: Epoch(7), name: "clusters")
        identity.helloTimeout = Self.helloTimeout
        identity.idleTimeout = Self.idleTimeout
        identity.stallTimeout = Self.stallTimeout
        machine = ServerMachine(identity: identity)
    }

    /// With the handshake complete.
    init(opened access: Access) throws {
        try self.init()
        handle(.opened(access))
    }

    /// With both hellos exchanged.
    init(open access: Access) throws {
        try self.init(opened: access)
        receive(.clientHello(try Self.hello()), 0)
    }

    @discardableResult
    mutating func handle(_ event: ServerMachine.Event) -> [ServerMachine.Action] { machine.handle(event, now: now) }

    @discardableResult
    mutating func receive(_ message: Message, _ exchange: UInt16) -> [ServerMachine.Action] {
        handle(.received(message, ExchangeID(exchange)))
    }

    mutating func pass(_ duration: Duration) { now = now.advanced(by: duration) }

    // MARK: Messages

    static func dataset() throws -> UniqueID { try #require(UniqueID(bytes: [UInt8](repeating: 7, count: 16))) }

    static func hello(versions: ProtocolVersions = .current, dataset: UniqueID? = nil) throws -> ClientHello {
        try ClientHello(versions: versions, software: "test/1", dataset: dataset)
    }

    static func pull() throws -> PullRequest {
        try PullRequest(epoch: Epoch(0), highestHead: .zero, streams: [], patterns: [.all])
    }

    static func enrol() throws -> Enrol {
        let secret = try #require(InvitationSecret(bytes: [UInt8](repeating: 1, count: 16)))
        return try Enrol(secret: secret, request: [1], deviceName: "laptop")
    }

    static func outline(_ head: UInt64 = 9) throws -> Outline { try Outline(head: Sequence(head), entries: []) }

    static func complete(signed time: Int64 = 1) throws -> Complete {
        try Complete(checkpoint: signedCheckpoint(time), proofs: [])
    }

    static func window(_ sequence: UInt64 = 1) throws -> EncodedWindow {
        let (collection, id) = (try #require(CollectionID(20)), try #require(RecordID(1)))
        let tombstone = Tombstone(collection: collection, id: id, sequence: Sequence(sequence))
        let windows = try WindowEncoder.encode(
            stream: .reference, base: .zero, head: Sequence(9), changes: [.tombstone(tombstone)])
        return try #require(windows.first)
    }

    static func error(_ code: ErrorCode = .behind) -> ErrorMessage { .refusal(code, "no") }

    static func signedCheckpoint(_ time: Int64 = 1) throws -> Signed<Checkpoint> {
        let checkpoint = try Checkpoint(
            dataset: dataset(), epoch: Epoch(7), sequence: Sequence(9), chain: .zero, time: Instant(clamping: time), root: .zero,
            delegation: 1)
        return Signed(checkpoint, signature: try signature())
    }

    static func chain() throws -> DelegationChain {
        let key = try #require(PublicKey32(bytes: [UInt8](repeating: 3, count: 32)))
        return try DelegationChain(
            rootKey: key, certificateAuthority: delegation(.certificateAuthority([0x30, 0x00])),
            checkpointKey: delegation(.checkpointKey(key)))
    }

    private static func delegation(_ subject: DelegationSubject) throws -> Signed<Delegation> {
        let delegation = try Delegation(
            dataset: dataset(), number: 1, from: Instant(clamping: 1), until: Instant(clamping: 2), subject: subject)
        return Signed(delegation, signature: try signature())
    }

    private static func signature() throws -> Signature64 {
        try #require(Signature64(bytes: [UInt8](repeating: 0x5a, count: 64)))
    }

    // MARK: Accesses

    static func full() throws -> Access { .full(try signedCheckpoint()) }

    static func enrolOnly() throws -> Access { .enrol(try chain()) }

    static func renewOnly() throws -> Access { .renew(try chain()) }
}

extension ServerMachine.Action {
    /// The code and the exchange of an error that is sent.
    var sentError: (code: ErrorCode, exchange: ExchangeID)? {
        if case .send(.error(let error), let exchange) = self { (error.code, exchange) } else { nil }
    }

    var closeReason: ServerMachine.CloseReason? { if case .close(let reason) = self { reason } else { nil } }
}

/// That the connection ends with this error on exchange 0, and with nothing else but the ends of pulls before it.
func expectClosed(
    _ actions: [ServerMachine.Action], with code: ErrorCode, sourceLocation: SourceLocation = #_sourceLocation
) {
    let sent = actions.compactMap(\.sentError)
    #expect(sent.map(\.code) == [code], sourceLocation: sourceLocation)
    #expect(sent.map(\.exchange) == [.connection], sourceLocation: sourceLocation)
    #expect(actions.last?.closeReason == .error(code), sourceLocation: sourceLocation)
}

/// That one exchange ends with this error, and the connection goes on.
func expectRefused(
    _ actions: [ServerMachine.Action], _ exchange: UInt16, with code: ErrorCode,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(actions.count == 1, sourceLocation: sourceLocation)
    #expect(actions.first?.sentError?.code == code, sourceLocation: sourceLocation)
    #expect(actions.first?.sentError?.exchange == ExchangeID(exchange), sourceLocation: sourceLocation)
}
