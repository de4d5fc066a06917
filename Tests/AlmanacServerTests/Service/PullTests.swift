import AlmanacModel
import AlmanacWire
import Foundation
import Testing

@testable import AlmanacReplica
@testable import AlmanacServer

@Suite struct PullTests {
    static let cities = TestResource(
        name: "cities", fields: [TestResource.key, TestResource.field("name"), TestResource.field("rank", "integer")],
        csv: "key,name,rank\n" + (1...500).map { "city-\($0),City \($0),\($0)\n" }.joined(), stream: "rankings")

    private func dataset(open: [String] = ["rankings"]) throws -> TestDataset {
        let dataset = try TestDataset(at: Clock.system.now())
        try dataset.importPackage([Self.cities], open: open)
        return dataset
    }

    private func verified(_ pulled: TestClient.Pulled, of dataset: TestDataset) throws -> VerifiedCompletion {
        let keys = try AuthorityKeys.load(dataset.directory)
        let trust = try Trust(keys.chain, pin: keys.pin(), now: Clock.system.now())
        return try CheckpointVerifier(trust: trust, highest: nil).verify(pulled.complete, of: pulled.streams)
    }

    @Test func aFirstSyncMakesACopyThatIsTheAuthoritys() async throws {
        let dataset = try dataset()
        let device = try TestDevice(enrolledAs: "lea", in: dataset)
        try await TestServer.serving(dataset) { server in
            let client = try await server.open(device)
            let pulled = try await client.pullAll()
            #expect(pulled.streams.map(\.rawValue) == ["rankings", "reference"])
            let completion = try verified(pulled, of: dataset)
            #expect(completion.checkpoint.statement.sequence == (try dataset.store.head()).sequence)

            let path = dataset.folder.path + "/replica.sqlite"
            let count = try FirstCopy(path: path).build(
                pulled.windows.map(Result.success), until: completion, now: Clock.system.now())
            let announced = pulled.outlines.first?.entries.reduce(0) { $0 + $1.remaining }
            #expect(UInt64(count) == announced)
            let replica = try ReplicaDatabase.open(path: path)
            defer { try? replica.close() }
            #expect(try replica.schema() == dataset.store.schema())
        }
    }

    /// The check above would be worth nothing if it could not fail.
    @Test func aCopyThatLacksAWindowIsNotTheAuthoritys() async throws {
        let dataset = try dataset()
        let device = try TestDevice(enrolledAs: "lea", in: dataset)
        try await TestServer.serving(dataset) { server in
            let pulled = try await server.open(device).pullAll()
            let completion = try verified(pulled, of: dataset)
            #expect(throws: (any Error).self) {
                try FirstCopy(path: dataset.folder.path + "/replica.sqlite").build(
                    pulled.windows.dropLast().map(Result.success), until: completion, now: Clock.system.now())
            }
        }
    }

    @Test func theChangesOfAnotherProcessAreInTheNextPull() async throws {
        let dataset = try dataset()
        let device = try TestDevice(enrolledAs: "lea", in: dataset)
        try await TestServer.serving(dataset) { server in
            let client = try await server.open(device)
            let first = try await client.pullAll()
            let base = first.complete.checkpoint.statement

            let other = try AuthorityDatabase.open(existing: dataset.directory.database)
            defer { try? other.close() }
            let path = try dataset.folder.write("key,rank\ncity-7,1000\n", to: "correction.csv")
            let circumstances = Importer.Circumstances(author: "kim", message: "a correction", time: Clock.system.now())
            let commit = try #require(try Importer(store: other).importCSV(at: path, into: "cities", circumstances).commit)

            let streams = first.streams.map {
                StreamBase(stream: $0, base: base.sequence, position: Position(after: base.sequence))
            }
            let second = try await client.pull(
                PullRequest(epoch: base.epoch, highestHead: base.sequence, streams: streams), 2)
            #expect(second.complete.checkpoint.statement.sequence == commit.sequence)
            let changes = second.windows.flatMap(\.changes)
            guard case .patch(let patch)? = changes.first, changes.count == 1 else { throw Unexpected("\(changes)") }
            #expect(patch.fields.map(\.value) == [.integer(1_000)])
            _ = try verified(second, of: dataset)
        }
    }

    // MARK: Which streams

    @Test func patternsChooseAmongWhatMayBeRead() async throws {
        let dataset = try dataset()
        let device = try TestDevice(enrolledAs: "lea", in: dataset)
        try await TestServer.serving(dataset) { server in
            let client = try await server.open(device)
            for (pattern, streams) in [
                ("*", ["rankings", "reference"]), ("rankings", ["rankings", "reference"]), ("nothing", ["reference"]),
                ("rankings/*", ["reference"]), ("reference", ["reference"]),
            ] {
                let pulled = try await client.pullAll(try #require(StreamPattern(pattern)))
                #expect(pulled.streams.map(\.rawValue) == streams, "\(pattern)")
            }
        }
    }

    @Test func referenceComesBeforeEverythingElse() async throws {
        let dataset = try dataset()
        let device = try TestDevice(enrolledAs: "lea", in: dataset)
        try await TestServer.serving(dataset) { server in
            let streams = try await server.open(device).pullAll().windows.map(\.stream)
            let last = try #require(streams.lastIndex(of: .reference))
            #expect(streams[...last].allSatisfy { $0 == .reference })
            #expect(streams.count > last + 1)
        }
    }

    @Test func threat13UnknownAndUnreadableStreamsAreAnsweredAlike() async throws {
        let dataset = try dataset(open: [])
        let device = try TestDevice(enrolledAs: "lea", in: dataset)
        try await TestServer.serving(dataset) { server in
            let (closed, unknown) = (try #require(StreamName("rankings")), try #require(StreamName("rankingx")))
            var answers: [[UInt8]] = []
            for stream in [closed, unknown] {
                for base in [Sequence.zero, Sequence(1)] {
                    let client = try await server.open(device)
                    let before = client.receivedBytes.count
                    let base = StreamBase(stream: stream, base: base, position: Position(after: base))
                    let epoch = try dataset.store.head().epoch
                    client.send(.pull(try PullRequest(epoch: epoch, highestHead: Sequence(1), streams: [base])), 1)
                    try await client.expectError(.streamUnknown, 1)
                    answers.append(Array(client.receivedBytes.dropFirst(before)))
                }
            }
            let texts = answers.map { String(decoding: $0, as: UTF8.self).replacing("rankingx", with: "rankings") }
            #expect(Set(texts).count == 1)
            #expect(texts.first?.contains("rankings") == true)
        }
    }

    @Test func threat13WhatOneReaderWasGrantedNobodyElseReceives() async throws {
        let canary = "canary-7b1f4e"
        let dataset = try dataset()
        try dataset.importPackage(
            [
                Self.cities,
                TestResource(
                    name: "notes", fields: [TestResource.key, TestResource.field("team"), TestResource.field("body")],
                    csv: "key,team,body\n\(canary)-key,apac,\(canary)-body\nb,emea,plain\n", stream: "section", partition: "team"),
            ], open: ["rankings"])
        let insider = try TestDevice(enrolledAs: "ina", grants: ["section/apac"], in: dataset)
        let outsider = try TestDevice(enrolledAs: "otto", grants: ["section/emea"], in: dataset)
        try await TestServer.serving(dataset) { server in
            let inside = try await server.open(insider)
            let mine = try await inside.pullAll()
            #expect(mine.streams.map(\.rawValue) == ["rankings", "reference", "section/apac"])
            #expect(Self.texts(of: mine).contains { $0.contains(canary) }, "the canary sings where it may")

            let outside = try await server.open(outsider)
            let theirs = try await outside.pullAll()
            #expect(theirs.streams.map(\.rawValue) == ["rankings", "reference", "section/emea"])
            for pattern in ["section/apac", "section/*", "*"] {
                _ = try await outside.pullAll(try #require(StreamPattern(pattern)))
            }
            outside.send(
                .pull(
                    try PullRequest(
                        epoch: Epoch(0), highestHead: .zero,
                        streams: [StreamBase(stream: try #require(StreamName("section/apac")), base: .zero, position: .start)])),
                5)
            try await outside.expectError(.streamUnknown, 5)
            #expect(!Self.texts(of: theirs).contains { $0.contains(canary) })
            #expect(!String(decoding: outside.receivedBytes, as: UTF8.self).contains(canary))
            #expect(!server.log.text.contains(canary))
            #expect(theirs.complete.proofs.count == 3, "no proof of what is not theirs")
        }
    }

    /// Of everything that was received, chunks inflated.
    private static func texts(of pulled: TestClient.Pulled) -> [String] {
        pulled.windows.flatMap(\.changes).flatMap { change -> [String] in
            guard case .whole(let record) = change else { return ["\(change)"] }
            return record.values.map(\.value.description)
        }
    }

    @Test func moreStreamsThanOnePullHasAreRefusedClearly() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        let rows = (1...300).map { "k\($0),part\($0)\n" }.joined()
        try dataset.importPackage(
            [
                TestResource(
                    name: "many", fields: [TestResource.key, TestResource.field("part")], csv: "key,part\n\(rows)",
                    stream: "many",
                    partition: "part")
            ], open: ["*"])
        let device = try TestDevice(enrolledAs: "lea", in: dataset)
        try await TestServer.serving(dataset) { server in
            let client = try await server.open(device)
            let error = await #expect(throws: PullRefused.self) { try await client.pullAll() }
            #expect(error?.error.code == .busy)
            #expect(error?.error.sentence.string.contains("256") == true)
            let one = try await client.pullAll(try #require(StreamPattern("many/part7")), 2)
            #expect(one.streams.map(\.rawValue) == ["many/part7", "reference"])
        }
    }

    // MARK: What cannot be answered

    @Test func aClientThatIsAheadOrOfAnotherEpochIsTold() async throws {
        let dataset = try dataset()
        let device = try TestDevice(enrolledAs: "lea", in: dataset)
        try await TestServer.serving(dataset) { server in
            let client = try await server.open(device)
            let head = try dataset.store.head()
            let ahead = Sequence(head.sequence.rawValue + 1)
            let base = StreamBase(stream: .reference, base: head.sequence, position: Position(after: head.sequence))
            client.send(.pull(try PullRequest(epoch: head.epoch, highestHead: ahead, streams: [base])), 1)
            try await client.expectError(.behind, 1)
            let other = Epoch(head.epoch.rawValue + 1)
            client.send(.pull(try PullRequest(epoch: other, highestHead: head.sequence, streams: [base])), 2)
            try await client.expectError(.epochMismatch, 2)
            try await client.pullAll(.all, 3)
        }
    }

    @Test func aBaseBeforeTheHorizonIsSentElsewhere() {
        let error = ErrorMessage(DeltaRefusal.baseTooOld(.reference, horizon: Sequence(9)))
        #expect(error.code == .baseTooOld)
        #expect(error.retry == .elsewhere)
        #expect(error.sentence == "this server knows the changes of reference since r9 only")
    }
}
