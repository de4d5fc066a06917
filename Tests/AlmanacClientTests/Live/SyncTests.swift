import AlmanacModel
import AlmanacReplica
import AlmanacSync
import AlmanacTransport
import AlmanacWire
import Foundation
import Synchronization
import Testing

@testable import AlmanacClient

/// Whole syncs between the real client and the real authority.
struct SyncTests {
    private let authority: LiveAuthority
    private let laptop: Laptop

    init() throws {
        authority = try LiveAuthority()
        laptop = try Laptop()
    }

    /// Enrols and makes the first copy.
    private func begin() async throws {
        try await authority.serving { [authority, laptop] port in
            try await laptop.enrol(authority.invite(port: port))
            try await laptop.sync(port: port)
        }
    }

    private func sync(full: Bool = false) async throws -> SyncSummary {
        try await authority.serving { [laptop] port in try await laptop.sync(port: port, full: full) }
    }

    /// The status of a sync that has to fail.
    private func failure() async -> FailureReport? {
        do {
            _ = try await sync()
            return nil
        } catch {
            return FailureReport(error)
        }
    }

    // MARK: The ordinary way

    @Test func firstCopyThenWhatChangedThenNothing() async throws {
        try await begin()
        #expect(try laptop.status().replica?.cursor.sequence == AlmanacModel.Sequence(2))
        #expect(try laptop.verify().recordCount == 252)
        try authority.change("seen again")
        let second = try await sync()
        #expect(second.changes == 1)
        #expect(second.received < ByteCount(1_000))
        #expect(try laptop.note().contains("seen again"))
        let third = try await sync()
        #expect(third.isUnchanged)
        #expect(try laptop.verify().cursor == third.to)
        #expect(!FileManager.default.fileExists(atPath: try laptop.context().paths.spool))
    }

    @Test func allButEnrolAndSyncNeedNoServer() async throws {
        try await begin()
        #expect(try laptop.verify().streamCount == 2)
        #expect(try laptop.note().contains("notes"))
        #expect(try laptop.status().certificateDays >= 178)
        let offline = await #expect(throws: ConnectError.self) { try await laptop.sync(port: 1) }
        #expect(try FailureReport(#require(offline)).status == .offline)
        #expect(try laptop.verify().streamCount == 2)
    }

    @Test func whatCouldNotBeSentIsSaidLast() async throws {
        try await begin()
        let summary = try await sync()
        let context = try laptop.context().at(port: 1)
        #expect(try context.ending(of: summary).status == .done)
        let outbox = try context.openOutbox()
        let record = RecordName.id(AnnotationSchema.collection, try #require(RecordID(1)))
        let operation = try #require(
            Operation(id: .fresh(), time: SystemClock.now(), message: nil, changes: [.delete(record, seen: [])]))
        _ = try outbox.add(OutboxDraft(operation, summary: "a deletion", tip: nil), now: SystemClock.now())
        try outbox.close()
        let (_, pushed) = try await SyncSession(context, interruption: Interruption()).pushing {}
        #expect(pushed.failure?.status == .offline)
        let ending = try context.ending(of: summary.with(pushed))
        #expect(ending.status == .offline)
        #expect(ending.lines == ["1 change is safe here, not sent: almanac sync"])
    }

    @Test func theSameLinkGivesTheSameCertificateAndNoSecondContext() async throws {
        try await authority.serving { [authority, laptop] port in
            let link = try authority.invite(port: port)
            let first = try await laptop.enrol(link)
            let again = try await laptop.enrol(link)
            #expect(again.isRepeated)
            #expect(again.context == first.context)
            let thief = try Laptop()
            let error = await #expect(throws: SessionFailure.self) { try await thief.enrol(link) }
            #expect(try FailureReport(#require(error)).status == .notAllowed)
        }
    }

    @Test func threats16AnotherAuthorityNeverGetsTheSecret() async throws {
        let other = try LiveAuthority()
        try await other.serving { [authority, laptop] port in
            let link = try authority.invite(port: port)
            let error = await #expect(throws: ConnectError.self) { try await laptop.enrol(link) }
            #expect(try FailureReport(#require(error)).status == .notSigned)
            #expect(try laptop.store.names().isEmpty)
        }
    }

    @Test func twoSyncsAtOnceAreRefused() async throws {
        try await begin()
        let lock = try FileLock(path: laptop.context().paths.lock)
        #expect(await failure()?.status == .busy)
        withExtendedLifetime(lock) {}
    }

    // MARK: Local damage

    @Test func threats23ADamagedReplicaIsReplaced() async throws {
        try await begin()
        try Data(repeating: 0x41, count: 50_000).write(to: URL(fileURLWithPath: laptop.context().paths.replica))
        let summary = try await sync()
        #expect(summary.misfit != nil)
        #expect(try laptop.verify().recordCount == 252)
    }

    @Test func aMissingReplicaIsFetchedAgain() async throws {
        try await begin()
        try FileManager.default.removeItem(atPath: laptop.context().paths.data)
        #expect(throws: ClientError.noReplica(try laptop.context().name)) { try laptop.verify() }
        #expect(try await sync().from == nil)
        #expect(try laptop.verify().recordCount == 252)
    }

    @Test func threats23ATamperedRowIsFoundByVerifyAndHealed() async throws {
        try await begin()
        let table = try #require(try Self.rankTable(laptop))
        try laptop.tamper("DELETE FROM \(table) WHERE id = (SELECT min(id) FROM \(table))")
        let found = #expect(throws: ClientError.self) { try laptop.verify() }
        #expect(try FailureReport(#require(found)).status == .notSigned)
        #expect(try await sync(full: true).recordCount == 252)
        #expect(try laptop.verify().recordCount == 252)
    }

    @Test func aDeltaThatDoesNotFitMeansOneFullCopy() async throws {
        try await begin()
        let table = try #require(try Self.rankTable(laptop))
        try laptop.tamper("DELETE FROM \(table)")
        try authority.change("patched")
        let summary = try await sync()
        #expect(summary.misfit != nil)
        #expect(try laptop.verify().recordCount == 252)
        #expect(try laptop.note().contains("patched"))
    }

    private static func rankTable(_ laptop: Laptop) throws -> String? {
        let page = Page()
        var writer = CSVWriter(isRaw: true, sink: page.sink)
        try ReplicaQuery(laptop.context()).run("SELECT sql FROM sqlite_schema WHERE name = 'cluster_ranks'", into: &writer)
        let words = page.text.split { " \n\r\"".contains($0) }
        return words.firstIndex(of: "FROM").map { String(words[words.index(after: $0)]) }
    }

    // MARK: An authority that is not what it was

    @Test func threats9AnOlderStateIsRefusedAfterARestart() async throws {
        try await begin()
        let backup = try authority.backUp()
        try authority.change("later")
        _ = try await sync()
        try authority.restore(backup)
        let report = await failure()
        #expect(report?.status == .notSigned)
        #expect(report?.sentence.contains("older state") == true)
        #expect(try laptop.note().contains("later"))
    }

    @Test func threats9TwoStatesUnderOneNumberAreKeptAsEvidence() async throws {
        try await begin()
        let backup = try authority.backUp()
        try authority.change("one")
        _ = try await sync()
        try authority.restore(backup)
        try authority.change("two")
        let known = try #require(try CheckpointMemory(path: laptop.context().paths.checkpoint).highest())
        #expect(await failure()?.status == .notSigned)
        let evidence = try SystemFile.names(in: laptop.context().paths.state)
        let name = try #require(evidence.first)
        let text = try String(contentsOfFile: "\(laptop.context().paths.state)/\(name)", encoding: .utf8)
        #expect(text.contains("known  \(Hex.encode(known.encoded))"))
        #expect(text.contains("shown  "))
        #expect(try laptop.note().contains("one"))
    }

    @Test func threats30ARenewedCheckpointKeyIsConfirmedByTheRoot() async throws {
        try await begin()
        try authority.rotate()
        try authority.change("under a new key")
        #expect(try await sync().changes == 1)
        #expect(try laptop.verify().recordCount == 252)
    }

    @Test func threats30AnOlderDelegationIsRefused() async throws {
        try await begin()
        try authority.rotate(number: 5)
        try authority.change("five")
        _ = try await sync()
        try authority.fallBack(to: 3)
        try authority.change("three")
        #expect(await failure()?.status == .notSigned)
    }

    @Test func anotherDatasetBehindTheAddressIsRefused() async throws {
        try await begin()
        let other = try LiveAuthority()
        try await other.serving { [laptop] port in
            let error = try #require(await #expect(throws: ConnectError.self) { try await laptop.sync(port: port) })
            #expect(FailureReport(error).status == .notSigned)
        }
    }

    // MARK: Cuts

    @Test func aCutAnywhereLosesNothing() async throws {
        try await authority.serving { [authority, laptop] port in
            try await laptop.enrol(authority.invite(port: port))
            let wasResumed = Mutex(false)
            var (limit, isWhole) = (50, false)
            while !isWhole {
                let proxy = try await CuttingProxy(to: port, cutAfter: limit)
                do {
                    try await laptop.sync(port: proxy.port) { progress in
                        if case .resuming = progress { wasResumed.withLock { $0 = true } }
                    }
                    isWhole = true
                } catch {
                    #expect(FailureReport(error).status == .offline, "cut after \(limit): \(error)")
                    #expect(try laptop.status().replica == nil)
                }
                await proxy.close()
                limit += 331
            }
            #expect(limit > 3_000)
            #expect(wasResumed.withLock { $0 })
            #expect(try laptop.verify().recordCount == 252)
        }
    }

    @Test func anInterruptionKeepsWhatIsHere() async throws {
        try await begin()
        let interruption = Interruption()
        #expect(!interruption.request())
        try await authority.serving { [laptop] port in
            let error = await #expect(throws: SessionFailure.self) {
                try await laptop.sync(port: port, interruption: interruption)
            }
            #expect(error == .interrupted)
        }
        #expect(try laptop.verify().recordCount == 252)
    }
}
