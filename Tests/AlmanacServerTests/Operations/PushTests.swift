import AlmanacCrypto
import AlmanacModel
import AlmanacReplica
import AlmanacTransport
import AlmanacWire
import Foundation
import Testing

@testable import AlmanacServer

/// Pushes at a real server.
@Suite struct PushTests {
    private func signed(
        _ operations: [AlmanacModel.Operation], by device: TestDevice, for dataset: UniqueID, key: [UInt8]? = nil
    ) throws -> Push {
        let sheet = try OperationSheet(
            dataset: dataset, key: key ?? device.key.publicKey.der, operations: operations.map { SentOperation($0) })
        let signature = try device.key.sign(context: .operations, message: sheet.encoded)
        return try Push(sheet: Signed(sheet, signature: #require(Signature64(bytes: signature.bytes))))
    }

    private func push(_ push: Push, _ client: TestClient, _ exchange: UInt16 = 1) async throws -> Signed<ReceiptSheet> {
        client.send(.push(push), exchange)
        let (message, found) = try await client.next()
        guard case .receipts(let receipts) = message, found == ExchangeID(exchange) else {
            throw Unexpected("\(message) instead of receipts")
        }
        return receipts.sheet
    }

    private func dataset(_ office: Office) throws -> UniqueID { try office.dataset.store.head().dataset }

    @Test func receiptsAreSignedAndSayWhatIsThere() async throws {
        let office = try Office()
        let device = try office.device("lea")
        let operation = try office.operation(office.note("CANARY of a note"))
        try await TestServer.serving(office.dataset) { server in
            let client = try await server.open(device)
            let sheet = try await push(signed([operation], by: device, for: dataset(office)), client)
            let keys = try AuthorityKeys.load(office.dataset.directory)
            #expect(try keys.checkpointKey.publicKey.verify(sheet, context: .receipts))
            #expect(sheet.statement.epoch == (try office.dataset.store.head().epoch))
            let receipt = sheet.statement.receipts.first
            #expect(receipt?.content == (try Hash32(hashing: operation.encoded)))
            #expect(try receipt.expectApplied().sequence == office.dataset.store.head().sequence)
            #expect(server.log.text.contains("a push has ended"))
            #expect(server.log.text.contains("applied=1"))
            #expect(!server.log.text.contains("CANARY"), "what people write is no matter of the log")
        }
    }

    /// Long before the next look at the store.
    @Test func followersAreToldAtOnce() async throws {
        let office = try Office()
        let (lea, bo) = (try office.device("lea"), try office.device("bo"))
        try await TestServer.serving(office.dataset) { settings in
            settings.watchInterval = .seconds(3_600)
        } _: { server in
            let follower = try await server.open(bo)
            let request = try PullRequest(
                epoch: Epoch(0), highestHead: .zero, streams: [], patterns: [.all], extensions: .following)
            follower.send(.pull(request), 1)
            _ = try await follower.step()
            let client = try await server.open(lea)
            let operations = [try office.operation(office.note("for bo"))]
            let sheet = try await push(signed(operations, by: lea, for: dataset(office)), client)
            let step = try await follower.step()
            #expect(step.complete.checkpoint.statement.sequence == (try sheet.statement.receipts.first.expectApplied().sequence))
            #expect(String(describing: step.windows).contains("for bo"))
        }
    }

    /// Threat 7: repeated, over many connections.
    @Test func threatRow7_anOperationSentAThousandTimesHasOneEffect() async throws {
        let office = try Office()
        let device = try office.device("lea")
        let note = try office.operation(office.note("once"))
        let tag = try office.operation(
            .edit(office.made(note), [FieldEdit(AnnotationSchema.tags, .elements(added: TextSet(["t"]), removed: TextSet([])))]))
        let refused = try office.operation(office.note("not there", in: "emea"))
        let request = try signed([note, tag, refused], by: device, for: dataset(office))
        try await TestServer.serving(office.dataset) { server in
            var first: [Receipt]?
            for _ in 0..<20 {
                let client = try await server.open(device)
                for exchange in UInt16(1)...50 {
                    let receipts = try await push(request, client, exchange).statement.receipts
                    if let first { #expect(receipts == first) }
                    first = first ?? receipts
                }
                await client.close()
            }
            try first?.first.expectApplied()
            first?.last.expectRejected(.notAllowed)
        }
        #expect(try office.annotations().count == 1)
        #expect(try office.dataset.store.check().isRight)
    }

    /// Threat 7: forged, or another's.
    @Test func threatRow7_nothingIsAppliedThatTheDeviceHasNotSigned() async throws {
        let office = try Office()
        let (lea, bo) = (try office.device("lea"), try office.device("bo"))
        let operations = [try office.operation(office.note("forged"))]
        let (own, head) = (try dataset(office), try office.dataset.store.head())
        let good = try signed(operations, by: lea, for: own)
        var forged = good.sheet.signature.bytes
        forged[7] ^= 1
        let other = try #require(UniqueID(bytes: [UInt8](repeating: 9, count: UniqueID.byteCount)))
        let wrong: [(Push, ErrorCode)] = [
            (try Push(sheet: Signed(good.sheet.statement, signature: #require(Signature64(bytes: forged)))), .requestInvalid),
            (try signed(operations, by: bo, for: own), .requestInvalid),
            (try signed(operations, by: bo, for: own, key: lea.key.publicKey.der), .requestInvalid),
            (try signed(operations, by: lea, for: other), .wrongDataset),
        ]
        try await TestServer.serving(office.dataset) { server in
            let client = try await server.open(lea)
            for (index, (push, code)) in wrong.enumerated() {
                client.send(.push(push), UInt16(index + 1))
                try await client.expectError(code, UInt16(index + 1))
            }
            #expect(try office.dataset.store.head() == head)
            try await push(good, client, 9).statement.receipts.first.expectApplied()
        }
    }

    /// Threat 8.
    @Test func threatRow8_anIdWithOtherContentIsRefused() async throws {
        let office = try Office()
        let operation = try office.operation(office.note("first"))
        typealias Changed = AlmanacModel.Operation
        let made = Changed(id: operation.id, time: operation.time, changes: [try office.note("second")])
        let same = try #require(made)
        let receipt = try office.push("lea", operation).first
        try office.push("bo", same).first.expectRejected(.otherContent)
        try office.push("lea", same).first.expectRejected(.otherContent)
        #expect(try office.push("lea", operation).first == receipt, "what was answered first stands")
        #expect(try office.annotations().map { $0.record[AnnotationSchema.text] } == [.text("first")])
    }

    /// Threat 14, before anybody has looked at the device table.
    @Test func threatRow14_aRevokedDevicesPushIsRefused() async throws {
        let office = try Office()
        let device = try office.device("lea")
        let request = try signed([office.operation(office.note("late"))], by: device, for: dataset(office))
        try await TestServer.serving(office.dataset) { settings in
            settings.accessInterval = .seconds(3_600)
        } _: { server in
            let client = try await server.open(device)
            _ = try office.dataset.store.revoke(nil, of: "lea", by: .operator("test"), at: Clock.system.now())
            client.send(.push(request), 1)
            try await client.expectError(.notAllowed, 1)
        }
        #expect(try office.annotations().isEmpty)
    }

    /// Threat 13: what one team writes, its conflicts among it, reaches nobody else, nor the log.
    @Test func threatRow13_noCanaryOfAnotherTeam() async throws {
        let office = try Office()
        for (person, team) in [("lea", "apac"), ("mia", "emea")] {
            let note = try office.operation(office.note("CANARY-\(team) one", in: team))
            let edits = try ["two", "three"].map { text in
                try office.operation(office.write(office.made(note), "CANARY-\(team) \(text)", over: "CANARY-\(team) one"))
            }
            for receipt in try office.push(person, [note] + edits) { try Optional(receipt).expectApplied() }
        }
        #expect(try office.conflicts().count == 2)
        let readers = [
            "lea": ["apac"], "bo": ["apac"], "mia": ["emea"], "cleo": ["apac", "emea"], "rob": [], "ada": [],
        ]
        try await TestServer.serving(office.dataset) { server in
            for (person, teams) in readers {
                let client = try await server.open(office.device(person))
                let pulled = try await client.pullAll()
                let text = String(describing: pulled.windows.flatMap(\.changes))
                for team in ["apac", "emea"] {
                    #expect(text.contains("CANARY-\(team)") == teams.contains(team), "\(person) and \(team)")
                    let name = try Office.team(team)
                    #expect(pulled.streams.contains(name) == teams.contains(team), "\(person) and \(team)")
                }
            }
            #expect(!server.log.text.contains("CANARY"))
        }
    }

    @Test func whoIsTakenOutOfATeamReadsNothingMoreOfIt() async throws {
        let office = try Office()
        try office.push("lea", office.operation(office.note("secret"))).first.expectApplied()
        try await TestServer.serving(office.dataset) { server in
            let client = try await server.open(office.device("bo"))
            #expect(try await client.pullAll().streams.contains(Office.team("apac")))
            let keeper = TeamKeeper(office.dataset.store, now: Clock.system.now())
            #expect(try keeper.remove("bo", from: #require(TeamName("apac")), as: .member))
            let after = try await client.pullAll(.all, 2)
            #expect(!after.streams.contains(try Office.team("apac")))
            #expect(!after.streams.contains(.roster(try #require(TeamName("apac")))))
        }
    }
}
