import AlmanacCrypto
import AlmanacModel
import AlmanacReplica
import AlmanacWire
import Testing

@Suite struct TrustTests {
    @Test func aChainUnderThePinIsBelieved() throws {
        let keys = try TestKeys()
        let trust = try keys.trust()
        #expect(trust.dataset == keys.dataset)
        #expect(trust.rootKey == keys.root.publicKey)
        #expect(trust.checkpointKey == keys.checkpoint.publicKey)
        #expect(trust.checkpointDelegation == 2)
    }

    @Test func anotherRootIsRefused() throws {
        let (keys, other) = (try TestKeys(), try TestKeys(seed: 9))
        #expect(throws: Trust.Refusal.rootDoesNotMatchPin) { try Trust(keys.chain(), pin: other.pin, now: TestKeys.now) }
    }

    @Test func whatTheRootKeyHasNotSignedIsRefused() throws {
        let keys = try TestKeys()
        #expect { try Trust(keys.chain(signedBy: keys.checkpoint), pin: keys.pin, now: TestKeys.now) } throws: { error in
            if case Trust.Refusal.delegationInvalid = error { true } else { false }
        }
        let subject = DelegationSubject.checkpointKey(try #require(PublicKey32(bytes: keys.checkpoint.publicKey.bytes)))
        let forged = try DelegationChain(
            rootKey: keys.chain().rootKey, certificateAuthority: keys.chain().certificateAuthority,
            checkpointKey: keys.delegation(of: subject, number: 2, by: keys.checkpoint))
        #expect(throws: Trust.Refusal.self) { try Trust(forged, pin: keys.pin, now: TestKeys.now) }
    }

    @Test func aDelegationOutsideItsTimeIsRefused() throws {
        let keys = try TestKeys()
        let (from, until) = (TestKeys.validity.lowerBound, TestKeys.validity.upperBound)
        for time in [from, until] { #expect(throws: Never.self) { try Trust(keys.chain(), pin: keys.pin, now: time) } }
        for time in [from.advanced(by: .milliseconds(-1)), until.advanced(by: .milliseconds(1))] {
            #expect(throws: Trust.Refusal.self) { try Trust(keys.chain(), pin: keys.pin, now: time) }
        }
    }

    @Test func aChainWithAnyBitFlippedIsRefused() throws {
        let keys = try TestKeys()
        var writer = WireWriter()
        try keys.chain().write(to: &writer)
        for bit in 0..<(writer.bytes.count * 8) {
            var flipped = writer.bytes
            flipped[bit / 8] ^= 1 << UInt8(bit % 8)
            var reader = WireReader(flipped)
            guard let chain = try? DelegationChain(from: &reader) else { continue }
            #expect(throws: Trust.Refusal.self) { try Trust(chain, pin: keys.pin, now: TestKeys.now) }
        }
    }

    @Test func aReplacedDelegationIsRefused() throws {
        let keys = try TestKeys()
        let known = try keys.chain(authority: 5, checkpoint: 6)
        for (authority, checkpoint) in [(5, 6), (7, 6), (5, 9)] as [(UInt64, UInt64)] {
            #expect(throws: Never.self) {
                try Trust.requireNotReplaced(keys.chain(authority: authority, checkpoint: checkpoint), by: known)
            }
        }
        #expect(throws: Trust.Refusal.delegationReplaced(shown: 4, known: 5)) {
            try Trust.requireNotReplaced(keys.chain(authority: 4, checkpoint: 9), by: known)
        }
        #expect(throws: Trust.Refusal.delegationReplaced(shown: 5, known: 6)) {
            try Trust.requireNotReplaced(keys.chain(authority: 9, checkpoint: 5), by: known)
        }
    }
}
