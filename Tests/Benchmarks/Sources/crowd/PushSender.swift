import AlmanacCrypto
import AlmanacModel
import AlmanacTransport
import AlmanacWire
import Foundation
import NIOCore
import NIOPosix
import Programs

/// A device that writes notes in a team.
struct PushSender: Sendable {
    private let device: EnrolledDevice
    private let key: P256PrivateKey
    private let dataset: UniqueID
    private let port: Int
    private let stream: StreamName

    /// What could not be: names have their forms.
    struct Invalid: Error {}

    /// Devices of one person, who may write in a team.
    static func senders(_ count: Int, at stage: Stage) async throws -> [PushSender] {
        let invite = ["invite", "writer", "--role", "annotator", "--port", String(stage.server.port)]
        let devices = try (0..<count).map { number in
            let home = "writer-\(number)"
            let link = try stage.bench.almanacd(invite).output
            try stage.bench.almanac(["enrol", link.trimmingCharacters(in: .whitespacesAndNewlines)], home: home)
            return try EnrolledDevice(home: stage.bench.path(home))
        }
        try stage.bench.almanacd(["teams", "create", "writers", "--owner", "writer"])
        guard let team = TeamName("writers") else { throw Invalid() }
        let dataset = try stage.store.dataset()
        return try devices.map { try PushSender($0, dataset: dataset, port: Int(stage.server.port), stream: .team(team)) }
    }

    private init(_ device: EnrolledDevice, dataset: UniqueID, port: Int, stream: StreamName) throws {
        (self.device, self.dataset, self.port, self.stream) = (device, dataset, port, stream)
        key = try P256PrivateKey(der: device.identity.privateKey)
    }

    func sheets(_ count: Int, round: Int) throws -> [Push] {
        var (sheets, sheet, size): ([[SentOperation]], [SentOperation], Int) = ([], [], 0)
        for number in 0..<count {
            let operation = SentOperation(try operation(number, round))
            if sheet.count == Caps.operationsOfSheet || size + operation.bytes.count > 240_000 {
                sheets.append(sheet)
                (sheet, size) = ([], 0)
            }
            sheet.append(operation)
            size += operation.bytes.count + 4
        }
        sheets.append(sheet)
        return try sheets.map(push)
    }

    private func operation(_ number: Int, _ round: Int) throws -> AlmanacModel.Operation {
        let text =
            "Round \(round), note \(number): the fund has closed its second vehicle, and @lea should look at the figures again."
        let change = Change.make(
            AnnotationSchema.collection, in: stream,
            values: [
                ProposedField(AnnotationSchema.kind, .text("note")), ProposedField(AnnotationSchema.text, .text(Text(text))),
                ProposedField(AnnotationSchema.tags, .textSet(TextSet(["deal", "fund"]))),
            ])
        let time = Instant(clamping: Int64(Date().timeIntervalSince1970 * 1_000))
        guard let id = UniqueID(random: try SecureRandom.bytes(UniqueID.byteCount)),
            let operation = Operation(id: id, time: time, changes: [change])
        else { throw Invalid() }
        return operation
    }

    private func push(_ operations: [SentOperation]) throws -> Push {
        let sheet = try OperationSheet(dataset: dataset, key: key.publicKey.der, operations: operations)
        let signature = try key.sign(context: .operations, message: sheet.encoded)
        guard let bytes = Signature64(bytes: signature.bytes) else { throw Invalid() }
        return try Push(sheet: Signed(sheet, signature: bytes))
    }

    /// As many at a time as a connection may have open.
    func push(_ sheets: [Push]) async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let done = group.next().makePromise(of: Void.self)
        let channel = try await ClientBootstrap(group: group)
            .channelInitializer { [context = try device.context()] channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers(
                        TLSHandler(context: context), PushHandler(sheets, done))
                }
            }
            .connect(host: LoopbackAddress.server, port: port).get()
        try await done.futureResult.get()
        try? await channel.close()
        try await group.shutdownGracefully()
    }
}
