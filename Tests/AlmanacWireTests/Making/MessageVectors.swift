import AlmanacModel
import AlmanacWire
import NIOCore
import Testing

enum MessageVectors {
    static func file() throws -> VectorFile {
        let good = try messages().map { name, exchange, message in
            Vector.good(name, "message", message.encode(exchange: ExchangeID(exchange)).bytes, message.json)
        }
        return VectorFile(
            about: "Section 9: whole frames of every message. Signatures are 64 bytes of 5a.", good: good,
            refused: try RefusedMessages.vectors())
    }

    static func messages() throws -> [(String, UInt16, Message)] {
        try greetings() + enrolment() + pulling() + pushing() + others()
    }

    private static func greetings() throws -> [(String, UInt16, Message)] {
        let dataset = try Samples.dataset()
        return [
            ("client hello of a new client", 0, .clientHello(try ClientHello(software: "almanac/0.1.0"))),
            (
                "client hello with everything", 0,
                .clientHello(
                    try ClientHello(
                        versions: try ProtocolVersions(lowest: 1, highest: 300), software: "almanac/0.1.0",
                        features: Features([1, 200]), dataset: dataset, checkpoint: Samples.signedCheckpoint(),
                        extensions: Samples.extensions()))
            ),
            ("server hello, access 0", 0, .serverHello(try serverHello(.enrol(try Samples.chain())))),
            ("server hello, access 1", 0, .serverHello(try serverHello(.renew(try Samples.chain())))),
            ("server hello, access 2", 0, .serverHello(try serverHello(.full(try Samples.signedCheckpoint())))),
            (
                "server hello to a curator", 0,
                .serverHello(
                    try ServerHello(
                        software: "almanacd/0.1.0", dataset: dataset, epoch: Samples.epoch, name: "Innovation clusters",
                        access: .full(try Samples.signedCheckpoint()), extensions: .role(.curator)))
            ),
            ("server hello of an empty dataset", 0, .serverHello(try serverHello(.full(nil)))),
        ]
    }

    private static func serverHello(_ access: Access) throws -> ServerHello {
        try ServerHello(
            software: "almanacd/0.1.0", dataset: Samples.dataset(), epoch: Samples.epoch, name: "Innovation clusters",
            access: access)
    }

    private static func enrolment() throws -> [(String, UInt16, Message)] {
        let secret = try #require(InvitationSecret(bytes: [UInt8](100..<116)))
        let enrolled = try Enrolled(
            certificates: [[0x30, 0x01, 0x00], [0x30, 0x00]], person: "Mika", role: .reader, chain: Samples.chain())
        return [
            ("enrol", 1, .enrol(try Enrol(secret: secret, request: [0x30, 0x02, 0x05, 0x00], deviceName: "Mika’s laptop"))),
            ("enrolled", 1, .enrolled(enrolled)),
            ("renew", 2, .renew(try Renew(request: [0x30, 0x02, 0x05, 0x00], extensions: Samples.extensions()))),
            ("chain request", 65_535, .chainRequest(ChainRequest())),
            ("delegation chain", 65_535, .delegationChain(try DelegationChainMessage(chain: Samples.chain()))),
        ]
    }

    private static func pulling() throws -> [(String, UInt16, Message)] {
        let rankings = try #require(StreamName("rankings"))
        let position = try #require(Position(sequence: 4_000, collection: 17, record: 42))
        let first = try PullRequest(
            epoch: Epoch(0), highestHead: .zero,
            streams: [StreamBase(stream: .reference, base: .zero, position: Position(after: .zero))],
            patterns: [.all, .exactly(rankings), .below(rankings)])
        let resumed = try PullRequest(
            epoch: Samples.epoch, highestHead: Sequence(4_500),
            streams: [
                StreamBase(stream: rankings, base: Sequence(3_000), position: position),
                StreamBase(stream: .reference, base: Sequence(3_000), position: Position(after: Sequence(3_000))),
            ])
        let window = try WindowMessage(payload: ByteBuffer(bytes: HandMade.window(columns: [])))
        return [
            ("pull of a first copy", 3, .pull(first)), ("pull that goes on", 3, .pull(resumed)),
            (
                "outline", 3,
                .outline(
                    try Outline(
                        head: Sequence(4_711),
                        entries: [
                            OutlineEntry(stream: rankings, remaining: 0), OutlineEntry(stream: .reference, remaining: 1 << 40),
                        ]))
            ),
            ("window", 3, .window(window)),
            (
                "complete", 3,
                .complete(try Complete(checkpoint: Samples.signedCheckpoint(), proofs: [try Samples.proof(), nil]))
            ),
            ("cancel", 3, .cancel(Cancel())),
            (
                "pull that follows", 5,
                .pull(
                    try PullRequest(epoch: Epoch(0), highestHead: .zero, streams: [], patterns: [.all], extensions: .following))
            ),
            (
                "reached", 5,
                .reached(Reached(try Complete(checkpoint: Samples.signedCheckpoint(), proofs: [nil, try Samples.proof()])))
            ),
            (
                "reached by one commit", 5,
                .reached(
                    Reached(
                        try Complete(
                            checkpoint: Samples.signedCheckpoint(), proofs: [try Samples.proof()],
                            extensions: .commit(Samples.commitHeader()))))
            ),
        ]
    }

    private static func pushing() throws -> [(String, UInt16, Message)] {
        let (sheet, receipts) = (try OperationSamples.sheet(), try OperationSamples.receipts())
        return [
            ("push", 7, .push(try Push(sheet: Signed(sheet, signature: Samples.signature())))),
            (
                "receipts", 7,
                .receipts(try Receipts(sheet: Signed(receipts, signature: Samples.signature()), extensions: Samples.extensions()))
            ),
        ]
    }

    private static func others() throws -> [(String, UInt16, Message)] {
        let busy = try ErrorMessage(
            code: .busy, fault: .sender, retry: .here(after: .milliseconds(1_500)), sentence: "Too many connections.")
        let later = try ErrorMessage(
            code: .unknown(9_000), fault: .nobody, retry: .elsewhere, sentence: "", extensions: Samples.extensions())
        let violation = try ErrorMessage(
            code: .protocolViolation, fault: .receiver, retry: .no, sentence: "Cut short: record.")
        return [
            ("ping", 0, .ping(Ping(content: 0x0102_0304_0506_0708))),
            ("pong", 0, .pong(Pong(answering: Ping(content: 0x0102_0304_0506_0708)))),
            ("going away", 0, .goingAway(try GoingAway(sentence: "Back in a minute."))),
            ("error of an exchange", 3, .error(busy)), ("error of a later version", 0, .error(later)),
            ("error of the connection", 0, .error(violation)),
        ]
    }
}
