import AlmanacModel
import AlmanacReplica
import AlmanacWire
import Dispatch
import Foundation
import Synchronization
import Testing

@testable import AlmanacServer

@Suite struct FoundingTests {
    private static let now = TestDataset.founded

    private func founding(_ folder: TemporaryFolder, rootKey: String? = nil) -> Founding {
        Founding(directory: DataDirectory(folder.path + "/a/data"), name: "clusters", rootKeyPath: rootKey)
    }

    @Test func aDatasetIsFoundedPrivately() throws {
        let folder = try TemporaryFolder()
        let founding = founding(folder)
        let pin = try founding.found(now: Self.now)
        let directory = founding.directory
        for path in [folder.path + "/a", directory.path, directory.keys] { #expect(try mode(of: path) == 0o700, "\(path)") }
        for path in [directory.rootKey, directory.authorityKey(), directory.checkpointKey(), directory.database, directory.lock] {
            #expect(try mode(of: path) == 0o600, "\(path)")
        }
        let keys = try AuthorityKeys.load(directory)
        #expect(try keys.pin() == pin)
        let store = try directory.openStore()
        defer { try? store.close() }
        let head = try store.head()
        #expect(head.epoch == Epoch(UInt64(Self.now.milliseconds)))
        #expect(head.dataset == keys.chain.dataset)
        #expect(try store.name() == "clusters")
    }

    @Test func delegationsLeadFromTheRootToTheKeys() throws {
        let folder = try TemporaryFolder()
        let founding = founding(folder)
        let pin = try founding.found(now: Self.now)
        let chain = try AuthorityKeys.load(founding.directory).chain
        let trust = try Trust(chain, pin: pin, now: Self.now)
        #expect(trust.checkpointDelegation == 1)
        #expect(throws: Trust.Refusal.self) {
            try Trust(chain, pin: pin, now: Self.now.advanced(by: Founding.delegationLifetime + .seconds(1)))
        }
    }

    @Test func aSecondFoundingIsRefusedAndChangesNothing() throws {
        let folder = try TemporaryFolder()
        let founding = founding(folder)
        _ = try founding.found(now: Self.now)
        let before = try contents(folder)
        #expect(throws: Founding.Refusal.exists(founding.directory.path)) { try founding.found(now: Self.now) }
        #expect(try contents(folder) == before)
    }

    @Test func aRootKeyIsNeverOverwritten() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("precious", to: "root.key")
        let founding = founding(folder, rootKey: path)
        #expect(throws: Founding.Refusal.rootKeyExists(path)) { try founding.found(now: Self.now) }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "precious")
        #expect(!founding.directory.isInitialised)
    }

    @Test func keysWithoutAStoreAreNotOverwritten() throws {
        let folder = try TemporaryFolder()
        let founding = founding(folder)
        _ = try founding.found(now: Self.now)
        for name in ["authority.sqlite", "keys/root.key"] {
            try FileManager.default.removeItem(atPath: founding.directory.path + "/" + name)
        }
        let before = try contents(folder)
        #expect(throws: Founding.Refusal.fileExists(founding.directory.authorityKey())) { try founding.found(now: Self.now) }
        #expect(try contents(folder) == before)
    }

    @Test func theRootKeyGoesWhereItIsTold() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/offline.key"
        let founding = founding(folder, rootKey: path)
        _ = try founding.found(now: Self.now)
        #expect(try mode(of: path) == 0o600)
        #expect(!FileManager.default.fileExists(atPath: founding.directory.rootKey))
        _ = try AuthorityKeys.load(founding.directory)
    }

    /// Each obstacle is met at another step; nothing of the attempt is left, and the next one succeeds.
    @Test(arguments: ["keys/root.key.tmp", "keys/checkpoint.key.tmp", "keys/chain.tmp", "authority.sqlite.new"])
    func aFailureHalfWayLeavesNoDataset(obstacle: String) throws {
        let folder = try TemporaryFolder()
        let founding = founding(folder)
        let blocked = "a/data/\(obstacle)"
        try folder.write("in the way", to: "\(blocked)/file")
        #expect(throws: FileSync.Failure.self) { try founding.found(now: Self.now) }
        #expect(!founding.directory.isInitialised)
        #expect(
            folder.files.filter { !$0.hasPrefix(blocked) && !blocked.hasPrefix($0) && $0 != "a/data/keys" } == [
                "a/data/serve.lock"
            ])
        try FileManager.default.removeItem(atPath: "\(folder.path)/\(blocked)")
        _ = try founding.found(now: Self.now)
        #expect(founding.directory.isInitialised)
    }

    @Test func aRootKeyThatCannotBeWrittenLeavesNoDataset() throws {
        let folder = try TemporaryFolder()
        let founding = founding(folder, rootKey: folder.path + "/not/there/root.key")
        #expect(throws: FileSync.Failure.self) { try founding.found(now: Self.now) }
        #expect(!founding.directory.isInitialised)
    }

    @Test func foundingsThatRaceMakeOneDataset() throws {
        let folder = try TemporaryFolder()
        let founding = founding(folder)
        let pins = Mutex<[String]>([])
        DispatchQueue.concurrentPerform(iterations: 8) { _ in
            guard let pin = try? founding.found(now: Self.now) else { return }
            pins.withLock { $0.append("\(pin)") }
        }
        #expect(pins.withLock(\.count) == 1)
        let keys = try AuthorityKeys.load(founding.directory)
        #expect(try pins.withLock { $0 } == ["\(keys.pin())"])
        let store = try founding.directory.openStore()
        defer { try? store.close() }
        #expect(try store.head().dataset == keys.chain.dataset)
    }

    private func contents(_ folder: TemporaryFolder) throws -> [String: Data] {
        var contents: [String: Data] = [:]
        for file in folder.files where !file.hasSuffix("-shm") {
            contents[file] = FileManager.default.contents(atPath: "\(folder.path)/\(file)")
        }
        return contents
    }
}
