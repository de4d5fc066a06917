import AlmanacModel
import Foundation
import GRDB
import Testing

@testable import AlmanacReplica

/// The file of an outbox: made once, refused when it is another's, never half written.
struct OutboxFileTests {
    private func change(_ path: String, _ sql: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
        try queue.close()
    }

    @Test func manyAtOnceMakeOneFileAndLoseNothing() async throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("almanac-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let path = directory + "/outbox.sqlite"
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<8 as Range<UInt8> {
                group.addTask {
                    let outbox = try Outbox.open(path: path)
                    for number in 0..<10 as Range<UInt8> {
                        try outbox.add(OutboxScene.draft(OutboxScene.making(writer * 10 + number)), now: OutboxScene.now)
                    }
                    try outbox.close()
                }
            }
            try await group.waitForAll()
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == ["outbox.sqlite"])
        let entries = try #require(try Outbox.openForReading(path: path)).entries()
        #expect(Set(entries.map(\.id)).count == 80)
    }

    @Test func anotherFileIsRefusedWithASentence() throws {
        try withTemporaryDirectory { directory in
            let path = directory + "/outbox.sqlite"
            #expect(try Outbox.openForReading(path: path) == nil)
            try Files.write(Array("not a database, and rather long so that it is read".utf8), to: path)
            #expect { try Outbox.open(path: path) } throws: { error in
                if case OutboxError.damaged(path, _) = error { true } else { false }
            }
        }
        try withOutbox { scene, outbox in
            try change(scene.path, "PRAGMA user_version = 3")
            #expect(throws: OutboxError.newerFormat(path: scene.path, found: 3, known: 2)) { try Outbox.open(path: scene.path) }
            try change(scene.path, "PRAGMA user_version = 1; PRAGMA application_id = 7")
            #expect(throws: OutboxError.notAnOutbox(path: scene.path)) { try Outbox.open(path: scene.path) }
        }
    }

    @Test func anOlderFileIsToldWhatItsOperationsAreAbout() throws {
        try withOutbox { scene, outbox in
            try outbox.add(OutboxScene.draft(OutboxScene.making(1)), now: OutboxScene.now)
            let removal = Change.delete(.id(TeamSchema.collection, try recordID(1)), seen: [])
            let other = try #require(Operation(id: OutboxScene.id(2), time: OutboxScene.now, changes: [removal]))
            try outbox.add(OutboxScene.draft(other), now: OutboxScene.now)
            let (all, teams) = (try outbox.entries(), try outbox.pending(at: nil, about: .teams))
            #expect(teams.map(\.id) == [other.id])
            try change(
                scene.path, "DROP INDEX entry_scope; ALTER TABLE entry DROP COLUMN scope; PRAGMA user_version = 1")

            let reader = try #require(try Outbox.openForReading(path: scene.path))
            #expect(try reader.entries() == all)
            #expect(try reader.pending(at: nil, about: .teams) == teams)
            #expect(try reader.pending(at: nil, about: [.annotations, .others]).isEmpty)
            #expect(try reader.hasPending(at: nil, about: .dataset))
            #expect(try !reader.hasPending(at: nil, about: .annotations))
            try reader.close()
        }
    }

    @Test func aReaderThatHoldsStaysAtOneState() throws {
        try withOutbox { scene, outbox in
            try outbox.add(OutboxScene.draft(OutboxScene.making(1)), now: OutboxScene.now)
            let reader = try #require(try Outbox.openForReading(path: scene.path))
            try reader.hold()
            try outbox.add(OutboxScene.draft(OutboxScene.making(2)), now: OutboxScene.now)
            #expect(try reader.entries().count == 1)
            #expect(try outbox.entries().count == 2)
            try reader.close()
        }
    }

    /// THREATS row 23: a damaged file is an error, never a trap.
    @Test func threats23MutatedFilesGiveErrors() throws {
        try withTemporaryDirectory { directory in
            let scene = try OutboxScene(directory)
            let outbox = try Outbox.open(path: scene.path)
            for number in 1...20 as ClosedRange<UInt8> {
                try outbox.add(OutboxScene.draft(OutboxScene.making(number)), now: OutboxScene.now)
            }
            try outbox.close()
            let content = try Files.read(scene.path)
            var failures = 0
            for position in stride(from: 0, to: content.count, by: 37) {
                var mutated = content
                mutated[position] ^= 0xff
                let path = scene.path + ".mutated"
                try Files.write(mutated, to: path)
                do {
                    let other = try Outbox.open(path: path)
                    _ = try other.entries()
                    _ = try other.pending(at: nil)
                } catch is OutboxError {
                    failures += 1
                }
            }
            #expect(failures > 5, "a fault that was never injected")
        }
    }

    /// THREATS row 25: a full disk refuses the write; reading goes on.
    @Test func threats25AFullDiskRefusesTheWrite() throws {
        try withOutbox { scene, outbox in
            try outbox.add(OutboxScene.draft(OutboxScene.making(1)), now: OutboxScene.now)
            let before = try outbox.entries()
            try outbox.limitPages()
            let large = OutboxScene.draft(try OutboxScene.making(2, text: String(repeating: "x", count: 100_000)))
            #expect(throws: OutboxError.full(path: scene.path)) { try outbox.add(large, now: OutboxScene.now) }
            #expect(try outbox.entries() == before)
        }
    }

    /// THREATS row 26: a process that ends in the middle leaves the old state or the new.
    @Test func threats26AnUnfinishedTransactionIsNoChange() throws {
        try withOutbox { scene, outbox in
            try outbox.add(OutboxScene.draft(OutboxScene.making(1)), now: OutboxScene.now)
            struct Stop: Error {}
            #expect(throws: Stop.self) {
                try outbox.write { table in
                    _ = try table.add(OutboxScene.draft(OutboxScene.making(2)), retryOf: nil, now: OutboxScene.now)
                    throw Stop()
                }
            }
            #expect(try Outbox.open(path: scene.path).entries().count == 1)
        }
    }
}

extension Outbox {
    /// As if there were no room for another page.
    fileprivate func limitPages() throws {
        try read { table in
            let count = try Int.fetchOne(table.database, sql: "PRAGMA page_count") ?? 0
            _ = try Int.fetchOne(table.database, sql: "PRAGMA max_page_count = \(count)")
        }
    }
}
