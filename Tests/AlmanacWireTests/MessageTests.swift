import AlmanacModel
import NIOCore
import Testing

@testable import AlmanacWire

@Suite struct MessageTests {
    private static func text(_ count: Int) -> Text { Text(String(repeating: "a", count: count)) }

    private static let tooLarge = WireError.tooLarge("", cap: 0)

    @Test func payloadsAreCheckedWhenTheyAreMade() throws {
        _ = try ClientHello(software: Self.text(64))
        #expect(throws: Self.tooLarge) { try ClientHello(software: Self.text(65)) }
        #expect(throws: Self.tooLarge) { try GoingAway(sentence: Self.text(513)) }
        #expect(throws: Self.tooLarge) { try Renew(request: [UInt8](repeating: 0, count: 4_097)) }
        #expect(throws: Self.tooLarge) {
            try Outline(head: .zero, entries: [OutlineEntry(stream: .reference, remaining: 1 << 40 + 1)])
        }
        let secret = try #require(InvitationSecret(bytes: [UInt8](0..<16)))
        #expect(throws: WireError.outOfRange("")) { try Enrol(secret: secret, request: [], deviceName: "") }
        #expect(throws: WireError.outOfRange("")) { try ProtocolVersions(lowest: 2, highest: 1) }
    }

    /// Each part may be within its cap while the whole is not.
    @Test func wholePayloadsAreCapped() throws {
        let certificate = [UInt8](repeating: 0, count: 9_000)
        let chain = try Samples.chain()
        _ = try Enrolled(certificates: [certificate], person: "Mika", role: .reader, chain: chain)
        #expect(throws: Self.tooLarge) {
            try Enrolled(
                certificates: [certificate, certificate, certificate, certificate], person: "Mika", role: .reader, chain: chain)
        }
        let extensions = try Extensions([Extension(id: 1, content: [UInt8](repeating: 0, count: 1_000))])
        #expect(throws: Self.tooLarge) { try GoingAway(sentence: Self.text(512), extensions: extensions) }
    }

    @Test func aPositionBeforeItsBaseIsTheBase() throws {
        let stream = StreamBase(stream: .reference, base: Sequence(5), position: .start)
        let pull = try PullRequest(epoch: Epoch(1), highestHead: Sequence(5), streams: [stream])
        #expect(pull.streams.map(\.position) == [Position(after: Sequence(5))])
        #expect(try Message.decode(Message.pull(pull).encode(exchange: ExchangeID(1))) == .pull(pull))
    }

    @Test func timesBefore1970AreRefused() throws {
        let early = try Samples.instant("1969-12-31T23:59:59.999Z")
        #expect(throws: WireError.outOfRange("")) {
            try Checkpoint(
                dataset: Samples.dataset(), epoch: Samples.epoch, sequence: .zero, chain: Samples.hash(0), time: early,
                root: Samples.hash(0), delegation: 0)
        }
    }

    @Test func chainsAreOfOneDatasetAndInOrder() throws {
        let (authority, key) = (try Samples.chain().certificateAuthority, try Samples.chain().checkpointKey)
        let root = try Samples.key(1)
        #expect(throws: WireError.inconsistent("")) {
            try DelegationChain(rootKey: root, certificateAuthority: key, checkpointKey: authority)
        }
        let other = try Delegation(
            dataset: #require(UniqueID(bytes: [UInt8](repeating: 9, count: 16))), number: 1, from: .init(clamping: 0),
            until: .distantFuture, subject: .checkpointKey(root))
        let signed = Signed(other, signature: try Samples.signature())
        #expect(throws: WireError.inconsistent("")) {
            try DelegationChain(rootKey: root, certificateAuthority: authority, checkpointKey: signed)
        }
    }

    @Test func theHighestCommonVersion() throws {
        let versions = try ProtocolVersions(lowest: 2, highest: 5)
        #expect(versions.highestCommon(with: try ProtocolVersions(lowest: 4, highest: 9)) == 5)
        #expect(versions.highestCommon(with: try ProtocolVersions(lowest: 1, highest: 2)) == 2)
        #expect(versions.highestCommon(with: .current) == nil)
    }

    @Test func errorCodesKeepTheirNumbers() {
        for code in UInt64(0)...40 { #expect(ErrorCode(code).rawValue == code) }
        #expect(ErrorCode(17) == .goingAway)
        #expect(ErrorCode(18) == .unknown(18))
    }

    @Test func everyWireErrorIsAShortSentence() throws {
        for vector in try VectorFile.all() where vector.error != nil {
            let error = #expect(throws: WireError.self) { _ = try VectorDecoder.decode(vector.type, try vector.bytes) }
            let sentence = error?.description ?? ""
            #expect(sentence.hasSuffix(".") && sentence.utf8.count < 200)
            guard let error else { continue }
            let message = Message.error(ErrorMessage(refusing: error))
            #expect(try Message.decode(message.encode(exchange: .connection)) == message)
        }
    }

    @Test func secretsAreNotPrinted() throws {
        let secret = try #require(InvitationSecret(bytes: [UInt8](repeating: 0xab, count: 16)))
        let enrol = try Enrol(secret: secret, request: [], deviceName: "x")
        #expect(!"\(enrol)".contains("171") && !String(reflecting: secret).contains("171"))
    }
}
