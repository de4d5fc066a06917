import AlmanacCrypto
import AlmanacModel
import AlmanacReplica
import AlmanacWire
import Dispatch
import Foundation
import Synchronization
import Testing

@testable import AlmanacServer

@Suite struct RotationTests {
    private static let now = TestDataset.founded.advanced(by: .seconds(100 * 86_400))

    private struct Stopped: Error {}

    @discardableResult
    private func rotate(
        _ directory: DataDirectory, rootKey: String? = nil, number: UInt64? = nil,
        beforeStep: @escaping @Sendable (String) throws -> Void = { _ in }
    ) throws -> Rotation.Outcome {
        try Rotation(directory: directory, rootKeyPath: rootKey, number: number, beforeStep: beforeStep)
            .run(by: .operator("root"), at: Self.now)
    }

    private func keyFiles(_ dataset: TestDataset) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: dataset.directory.keys).sorted()
    }

    private func rotations(_ dataset: TestDataset) throws -> [AuditEntry] {
        var entries: [AuditEntry] = []
        try dataset.store.forEachEvent {
            if case .act(let entry) = $0, entry.act == .rotated { entries.append(entry) }
        }
        return entries
    }

    @Test func threat30_aRotationReplacesTheOnlineKeysUnderTheSameRoot() throws {
        let dataset = try TestDataset()
        let old = try AuthorityKeys.load(dataset.directory)
        let outcome = try rotate(dataset.directory)
        #expect((outcome.former, outcome.number) == (1, 2))
        let new = try AuthorityKeys.load(dataset.directory)
        let trust = try Trust(new.chain, pin: old.pin(), now: Self.now)
        #expect((trust.dataset, trust.checkpointDelegation) == (old.chain.dataset, 2))
        #expect(new.chain.certificateAuthority.statement.number == 2)
        #expect(new.authority.certificate.der != old.authority.certificate.der)
        #expect(new.checkpointKey.publicKey.bytes != old.checkpointKey.publicKey.bytes)
        try Trust.requireNotReplaced(new.chain, by: old.chain)
        #expect(throws: Trust.Refusal.self) { try Trust.requireNotReplaced(old.chain, by: new.chain) }
        #expect(
            try keyFiles(dataset) == ["authority-2.crt", "authority-2.key", "chain", "checkpoint-2.key", "root.crt", "root.key"])
        for path in [dataset.directory.authorityKey(2), dataset.directory.checkpointKey(2)] {
            #expect(try mode(of: path) == 0o600)
        }
        let entries = try rotations(dataset)
        #expect(entries.map(\.actor) == [.operator("root")])
        #expect(entries.first?.detail.hasPrefix("delegation 2, until ") == true)
    }

    /// Clients whose clock is a little behind believe the new delegations too.
    @Test func threat18_aClockThatIsBehindBelievesAFreshDelegation() throws {
        let dataset = try TestDataset()
        try rotate(dataset.directory)
        let keys = try AuthorityKeys.load(dataset.directory)
        _ = try Trust(keys.chain, pin: keys.pin(), now: Self.now.advanced(by: .seconds(-3_600)))
    }

    /// Stops before each step in turn: the keys are the old ones or the new ones, and the next rotation leaves nothing of it.
    @Test func threat30_aCrashAnywhereLeavesTheOldKeysOrTheNewOnes() throws {
        let steps = Mutex<[String]>([])
        let whole = try TestDataset()
        try rotate(whole.directory) { step in steps.withLock { $0.append(step) } }
        let count = steps.withLock(\.count)
        #expect(count >= 7)
        var found: [UInt64] = []
        for stop in 0..<count {
            let dataset = try TestDataset()
            let seen = Mutex(0)
            #expect(throws: Stopped.self) {
                try rotate(dataset.directory) { _ in
                    try seen.withLock { seen in
                        if seen == stop { throw Stopped() }
                        seen += 1
                    }
                }
            }
            for name in ["chain.new.tmp", "authority-2.key.tmp"] { try dataset.folder.write("half", to: "data/keys/\(name)") }
            let number = try AuthorityKeys.load(dataset.directory).chain.checkpointKey.statement.number
            found.append(number)
            let outcome = try rotate(dataset.directory)
            #expect(outcome.former == number)
            #expect(try AuthorityKeys.load(dataset.directory).chain.checkpointKey.statement.number == number + 1)
            let next = number + 1
            #expect(
                try keyFiles(dataset) == [
                    "authority-\(next).crt", "authority-\(next).key", "chain", "checkpoint-\(next).key", "root.crt", "root.key",
                ])
        }
        #expect(found == found.sorted() && found.first == 1 && found.last == 2, "\(found)")
    }

    @Test func threat30_itNeedsNoneOfTheKeysThatItReplaces() throws {
        let dataset = try TestDataset()
        for path in [
            dataset.directory.authorityKey(), dataset.directory.authorityCertificate(), dataset.directory.checkpointKey(),
        ] {
            try FileManager.default.removeItem(atPath: path)
        }
        #expect(throws: (any Error).self) { try AuthorityKeys.load(dataset.directory) }
        try rotate(dataset.directory)
        _ = try AuthorityKeys.load(dataset.directory)
    }

    @Test func theRootKeyIsReadWhereItIsTold() throws {
        let dataset = try TestDataset()
        let path = dataset.folder.path + "/medium.key"
        try FileManager.default.moveItem(atPath: dataset.directory.rootKey, toPath: path)
        #expect(throws: Rotation.Refusal.noRootKey(dataset.directory.rootKey)) { try rotate(dataset.directory) }
        try rotate(dataset.directory, rootKey: path)
        #expect(!FileManager.default.fileExists(atPath: dataset.directory.rootKey))
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        #expect(throws: KeyFile.TooOpen(path: path)) { try rotate(dataset.directory, rootKey: path) }
    }

    @Test func threat30_anotherDatasetsRootKeyIsRefused() throws {
        let (mine, other) = (try TestDataset(), try TestDataset())
        let path = other.directory.rootKey
        let before = try keyFiles(mine)
        #expect(throws: Rotation.Refusal.notTheRoot(path)) { try rotate(mine.directory, rootKey: path) }
        #expect(try keyFiles(mine) == before)
        #expect(try rotations(mine).isEmpty)
    }

    @Test func aNumberGoesUpOnly() throws {
        let dataset = try TestDataset()
        #expect(try rotate(dataset.directory, number: 7).number == 7)
        #expect(throws: Rotation.Refusal.numberTooLow(7, current: 7)) { try rotate(dataset.directory, number: 7) }
        #expect(try rotate(dataset.directory).number == 8)
    }

    @Test func rotationsThatRaceComeOneAfterTheOther() throws {
        let dataset = try TestDataset()
        let directory = dataset.directory
        let numbers = Mutex<[UInt64]>([])
        DispatchQueue.concurrentPerform(iterations: 4) { _ in
            guard let outcome = try? rotate(directory) else { return }
            numbers.withLock { $0.append(outcome.number) }
        }
        #expect(numbers.withLock { $0.sorted() } == [2, 3, 4, 5])
        #expect(try AuthorityKeys.load(directory).chain.checkpointKey.statement.number == 5)
        #expect(try rotations(dataset).count == 4)
    }
}
