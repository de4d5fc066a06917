import AlmanacTransport
import NIOCore
import NIOEmbedded

/// A client and a server with a network between them that does what the test says.
final class TLSPair {
    enum Direction: CaseIterable { case toServer, toClient }

    let loop = EmbeddedEventLoop()
    let client: Endpoint
    let server: Endpoint

    init(client: TLSContext, server: TLSContext, timeouts: TLSTimeouts = TLSTimeouts()) throws {
        self.client = try Endpoint(client, loop: loop, timeouts: timeouts)
        self.server = try Endpoint(server, loop: loop, timeouts: timeouts)
        try self.server.activate()
        try self.client.activate()
    }

    /// A pair whose handshake is complete.
    static func connected(
        _ authority: TestAuthority, client identity: TLSIdentity? = nil, timeouts: TLSTimeouts = TLSTimeouts()
    ) throws -> TLSPair {
        let pair = try TLSPair(
            client: authority.clientContext(identity), server: authority.serverContext(), timeouts: timeouts)
        try pair.pump()
        return pair
    }

    var endpoints: [Endpoint] { [client, server] }

    func receiver(_ direction: Direction) -> Endpoint { direction == .toServer ? server : client }

    /// Carries bytes to and fro until nothing moves. A side that closed its channel ends the other's once its bytes are delivered.
    func pump(_ network: (Direction, ByteBuffer) throws -> [ByteBuffer] = { [$1] }) throws {
        var isMoving = true
        while isMoving {
            isMoving = false
            for direction in Direction.allCases {
                let sender = receiver(direction == .toServer ? .toClient : .toServer)
                for piece in try sender.takeOutput() {
                    isMoving = true
                    for delivered in try network(direction, piece) { try receiver(direction).receive(delivered) }
                }
                if !sender.channel.isActive, receiver(direction).channel.isActive {
                    isMoving = true
                    receiver(direction).endOfFile()
                }
            }
            loop.run()
        }
    }
}
