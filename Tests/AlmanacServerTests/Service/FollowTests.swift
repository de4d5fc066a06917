import AlmanacModel
import AlmanacWire
import Foundation
import Synchronization
import Testing

@testable import AlmanacReplica
@testable import AlmanacServer

/// Pulls that go on, at a real server.
@Suite struct FollowTests {
    private static let secrets = TestResource(
        name: "secrets", fields: [TestResource.key, TestResource.field("text")], csv: "key,text\na,CANARY\n", stream: "section")

    private func dataset() throws -> TestDataset {
        let dataset = try TestDataset(at: Clock.system.now())
        try dataset.importPackage([PullTests.cities, Self.secrets], open: ["rankings"])
        return dataset
    }

    private func commit(_ table: String, _ csv: String, in dataset: TestDataset) throws -> AlmanacModel.Sequence {
        // By another connection, as another process would.
        let other = try AuthorityDatabase.open(existing: dataset.directory.database)
        defer { try? other.close() }
        let path = try dataset.folder.write(csv, to: "\(UUID().uuidString).csv")
        let circumstances = Importer.Circumstances(author: "kim", message: "a change", time: Clock.system.now())
        return try #require(try Importer(store: other).importCSV(at: path, into: table, circumstances).commit).sequence
    }

    private static func request(_ pattern: StreamPattern = .all) throws -> PullRequest {
        try PullRequest(epoch: Epoch(0), highestHead: .zero, streams: [], patterns: [pattern], extensions: .following)
    }

    private func patches(_ step: TestClient.Pulled) -> [Value?] {
        step.windows.flatMap(\.changes).flatMap { change -> [Value?] in
            if case .patch(let patch) = change { patch.fields.map(\.value) } else { [] }
        }
    }

    @Test func everyCommitArrivesAsItLands() async throws {
        let dataset = try dataset()
        let device = try TestDevice(enrolledAs: "lea", in: dataset)
        try await TestServer.serving(dataset) { server in
            let client = try await server.open(device)
            client.send(.pull(try Self.request()), 1)
            let first = try await client.step()
            #expect(first.windows.flatMap(\.changes).count > 500)
            for rank in 2_000..<2_005 {
                let sequence = try commit("cities", "key,rank\ncity-7,\(rank)\n", in: dataset)
                let step = try await client.step()
                #expect(step.complete.checkpoint.statement.sequence == sequence)
                #expect(patches(step) == [.integer(Int64(rank))])
                #expect(step.windows.allSatisfy { $0.base < $0.head })
            }
        }
    }

    /// Between two looks of the server many commits are one step.
    @Test func aFollowerThatSleepsGetsTheNetChange() async throws {
        let dataset = try dataset()
        let device = try TestDevice(enrolledAs: "lea", in: dataset)
        try await TestServer.serving(dataset) { settings in
            settings.watchInterval = .seconds(1)
        } _: { server in
            let client = try await server.open(device)
            client.send(.pull(try Self.request()), 1)
            _ = try await client.step()
            var last = AlmanacModel.Sequence.zero
            for rank in 0..<5 { last = try commit("cities", "key,rank\ncity-9,\(3_000 + rank)\n", in: dataset) }
            var values: [Value?] = []
            var head = AlmanacModel.Sequence.zero
            while head < last {
                let step = try await client.step()
                head = step.complete.checkpoint.statement.sequence
                values += patches(step)
            }
            #expect(values.last == .integer(3_004))
            #expect(values.count <= 3, "five commits, and at most one look between each two of them")
        }
    }

    @Test func allAtOneCursorAreServedFromOneReading() async throws {
        let dataset = try dataset()
        let devices = try (0..<12).map { try TestDevice(enrolledAs: "lea\($0)", in: dataset) }
        try await TestServer.serving(dataset) { server in
            var clients: [TestClient] = []
            for device in devices {
                let client = try await server.open(device)
                client.send(.pull(try Self.request()), 1)
                _ = try await client.step()
                clients.append(client)
            }
            let before = server.service.cacheCounts
            _ = try commit("cities", "key,rank\ncity-7,77\n", in: dataset)
            for client in clients { #expect(patches(try await client.step()) == [.integer(77)]) }
            let after = server.service.cacheCounts
            #expect(after.hits - before.hits + after.misses - before.misses >= 12)
            // Each thread that reads may have begun before the first was done.
            #expect(after.misses - before.misses <= 4)
        }
    }

    @Test func threat13_whatIsCachedForOneIsNotHandedToAnother() async throws {
        let dataset = try dataset()
        let reader = try TestDevice(enrolledAs: "lea", in: dataset)
        let member = try TestDevice(enrolledAs: "kim", grants: ["section"], in: dataset)
        try await TestServer.serving(dataset) { server in
            let (inside, outside) = (try await server.open(member), try await server.open(reader))
            for client in [inside, outside] { client.send(.pull(try Self.request()), 1) }
            #expect(try await inside.step().streams.map(\.rawValue) == ["rankings", "reference", "section"])
            #expect(try await outside.step().streams.map(\.rawValue) == ["rankings", "reference"])
            _ = try commit("secrets", "key,text\nb,CANARY\n", in: dataset)
            #expect(try await inside.step().windows.count == 1)
            #expect(try await outside.step().windows.isEmpty)
            #expect(String(decoding: inside.receivedBytes, as: UTF8.self).contains("CANARY"), "else the next line says nothing")
            #expect(!String(decoding: outside.receivedBytes, as: UTF8.self).contains("CANARY"))
        }
    }

    /// In the metrics, and in the log.
    @Test func whatCommitsAndPullsCostIsTold() async throws {
        let dataset = try dataset()
        let device = try TestDevice(enrolledAs: "lea", in: dataset)
        try await TestServer.serving(dataset) { server in
            let client = try await server.open(device)
            client.send(.pull(try Self.request()), 1)
            _ = try await client.step()
            let metrics = server.service.metrics
            #expect((metrics.commitsNoticed.count, metrics.commitsDelivered.count) == (0, 0), "a first copy is no commit")
            _ = try commit("cities", "key,rank\ncity-7,77\n", in: dataset)
            _ = try await client.step()
            #expect((metrics.commitsNoticed.count, metrics.commitsDelivered.count) == (1, 1))
            try await client.pullAll(.all, 2)
            client.drop()
            while !server.log.text.contains("outcome=cut") { try await Task.sleep(for: .milliseconds(10)) }
            let lines = server.log.text.split(separator: "\n").filter { $0.contains("a pull has ended") }
            #expect(lines.count == 2)
            for (line, outcome) in zip(lines, ["complete", "cut"]) {
                #expect(line.contains(" info ") && line.contains("device=laptop") && line.contains("person=lea"))
                #expect(line.contains("outcome=\(outcome)") && line.contains("streams=rankings,reference"))
                #expect(!line.contains("bytes=0") && line.contains("seconds="))
            }
        }
    }

    @Test func threat10_aQuietHeadIsSaidAgainWithANewerSignature() async throws {
        let dataset = try dataset()
        let devices = try (0..<3).map { try TestDevice(enrolledAs: "lea\($0)", in: dataset) }
        try await TestServer.serving(dataset) { settings in
            #expect(settings.renewalInterval == .seconds(60))
            settings.renewalInterval = .milliseconds(300)
        } _: { server in
            for device in devices {
                let client = try await server.open(device)
                client.send(.pull(try Self.request()), 1)
                var before = try await client.step().complete.checkpoint.statement
                for _ in 0..<3 {
                    let step = try await client.step()
                    let statement = step.complete.checkpoint.statement
                    #expect(step.windows.isEmpty && step.outlines.map(\.head) == [before.sequence])
                    #expect((statement.sequence, statement.root) == (before.sequence, before.root))
                    #expect(statement.time > before.time)
                    before = statement
                }
            }
        }
    }

    /// Without a commit.
    @Test func threat14_aRevokedDeviceIsCutOffWithinSeconds() async throws {
        let dataset = try dataset()
        let device = try TestDevice(enrolledAs: "lea", in: dataset)
        try await TestServer.serving(dataset) { settings in
            #expect(settings.accessInterval <= .seconds(2))
            settings.renewalInterval = .seconds(36_000)
        } _: { server in
            let (follower, silent) = (try await server.open(device), try await server.open(device))
            follower.send(.pull(try Self.request()), 1)
            _ = try await follower.step()
            try dataset.revokeAllDevices()
            for client in [follower, silent] {
                try await client.expectError(.notAllowed)
                await client.expectClosed()
            }
        }
    }

    @Test func threat17_aCertificateThatEndsEndsFullAccess() async throws {
        let dataset = try dataset()
        let device = try TestDevice(enrolledAs: "lea", in: dataset)
        let isLater = Mutex(false)
        let clock = Clock {
            Clock.system.now().advanced(by: isLater.withLock { $0 } ? .seconds(400 * 86_400) : .zero)
        }
        try await TestServer.serving(dataset, clock: clock) { settings in
            settings.accessInterval = .milliseconds(100)
        } _: { server in
            let client = try await server.open(device)
            client.send(.pull(try Self.request()), 1)
            _ = try await client.step()
            isLater.withLock { $0 = true }
            try await client.expectError(.goingAway)
            await client.expectClosed()
        }
    }

    @Test func threat14_aRevokedDeviceGetsNothingMore() async throws {
        let dataset = try dataset()
        let device = try TestDevice(enrolledAs: "lea", in: dataset)
        try await TestServer.serving(dataset) { settings in
            settings.accessInterval = .seconds(3_600)
        } _: { server in
            let client = try await server.open(device)
            client.send(.pull(try Self.request()), 1)
            _ = try await client.step()
            try dataset.revokeAllDevices()
            _ = try commit("cities", "key,rank\ncity-7,666\n", in: dataset)
            try await client.expectError(.notAllowed, 1)
        }
    }

    /// Those who ask at the same moment are looked at together; what holds for one is not said of another.
    @Test func threat14_amongManyOnlyTheRevokedGetNothingMore() async throws {
        let dataset = try dataset()
        let devices = try (0..<8).map { try TestDevice("laptop\($0)", enrolledAs: "lea\($0)", in: dataset) }
        try await TestServer.serving(dataset) { server in
            var clients: [TestClient] = []
            for device in devices {
                let client = try await server.open(device)
                client.send(.pull(try Self.request()), 1)
                _ = try await client.step()
                clients.append(client)
            }
            try dataset.revoke("laptop2", "laptop5")
            _ = try commit("cities", "key,rank\ncity-7,77\n", in: dataset)
            for (number, client) in clients.enumerated() {
                if [2, 5].contains(number) {
                    try await client.expectError(.notAllowed, 1)
                } else {
                    #expect(patches(try await client.step()) == [.integer(77)])
                }
            }
        }
    }

    @Test func aServerThatStopsEndsTheExchange() async throws {
        let dataset = try dataset()
        let device = try TestDevice(enrolledAs: "lea", in: dataset)
        try await TestServer.serving(dataset) { server in
            let client = try await server.open(device)
            client.send(.pull(try Self.request()), 1)
            _ = try await client.step()
            await server.stop()
            guard case .goingAway = try await client.next().message else { throw Unexpected("no farewell") }
            try await client.expectError(.goingAway, 1)
            await client.expectClosed()
        }
    }
}

extension TestClient {
    /// Everything up to the next state that was reached.
    func step(_ exchange: UInt16 = 1) async throws -> Pulled {
        var (outlines, windows): ([Outline], [Window]) = ([], [])
        while true {
            let (message, found) = try await next()
            guard found == ExchangeID(exchange) else { throw Unexpected("\(message.type) on exchange \(found)") }
            switch message {
            case .outline(let outline): outlines.append(outline)
            case .window(let window): windows.append(try window.decode())
            case .reached(let reached): return Pulled(outlines: outlines, windows: windows, complete: reached.end)
            default: throw Unexpected("\(message.type) while following")
            }
        }
    }
}
