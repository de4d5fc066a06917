import TestSupport
import NIOCore
import Testing

@testable import AlmanacServer

@Suite struct ConnectionGateTests {
    private func address(_ number: Int) throws -> PeerAddress {
        try #require(PeerAddress(try SocketAddress(ipAddress: "192.0.2.\(number)", port: 1)))
    }

    private func limits(_ connections: Int, perAddress: Int, handshakes: Int) -> Limits {
        var limits = Limits()
        (limits.connections, limits.connectionsPerAddress, limits.handshakes) = (connections, perAddress, handshakes)
        return limits
    }

    @Test func threat5_eachLimitHoldsAndGivesWayAgain() throws {
        let gate = ConnectionGate(limits(20, perAddress: 3, handshakes: 16))
        let (one, two) = (try address(1), try address(2))
        #expect(gate.enter(one) == nil)
        #expect(gate.enter(one) == nil)
        #expect(gate.enter(one) == .addressHandshakes, "an eighth of 16")
        gate.handshakeEnded(one)
        #expect(gate.enter(one) == nil)
        gate.handshakeEnded(one)
        #expect(gate.enter(one) == .address)
        gate.leave(one)
        #expect(gate.enter(one) == nil)
        #expect(gate.enter(two) == nil, "others are not held up")
    }

    @Test func threat5_theWholeIsLimitedToo() throws {
        let gate = ConnectionGate(limits(18, perAddress: 3, handshakes: 16))
        let addresses = try (1...20).map { try address($0) }
        for address in addresses.prefix(16) { #expect(gate.enter(address) == nil) }
        #expect(gate.enter(addresses[16]) == .handshakes)
        gate.handshakeEnded(addresses[0])
        gate.handshakeEnded(addresses[1])
        #expect(gate.enter(addresses[16]) == nil)
        #expect(gate.enter(addresses[17]) == nil)
        #expect(gate.enter(addresses[18]) == .connections)
        gate.leave(addresses[0])
        #expect(gate.enter(addresses[18]) == .handshakes)
    }

    /// Whatever comes and goes: the counts are those of a simple list.
    @Test(arguments: 0..<50 as Range<UInt64>) func theBooksBalance(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let gate = ConnectionGate(limits(6, perAddress: 3, handshakes: 16))
        var (inside, handshaking): ([PeerAddress], [PeerAddress]) = ([], [])
        for _ in 0..<300 {
            switch random.next() % 3 {
            case 0:
                let new = try address(Int(random.next() % 4))
                let expected: ConnectionRefusal? =
                    inside.count >= 6
                    ? .connections
                    : inside.count { $0 == new } >= 3
                        ? .address : handshaking.count { $0 == new } >= 2 ? .addressHandshakes : nil
                #expect(gate.enter(new) == expected, "seed \(seed)")
                if expected == nil { (inside, handshaking) = (inside + [new], handshaking + [new]) }
            case 1 where !handshaking.isEmpty:
                gate.handshakeEnded(handshaking.remove(at: Int(random.next() % UInt64(handshaking.count))))
            case 2:
                guard let index = inside.indices.first(where: { !handshaking.contains(inside[$0]) }) else { continue }
                gate.leave(inside.remove(at: index))
            default: continue
            }
            #expect(gate.handshakes == handshaking.count, "seed \(seed)")
        }
    }
}
