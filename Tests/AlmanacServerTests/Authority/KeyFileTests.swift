import AlmanacReplica
import Foundation
import Testing

@testable import AlmanacServer

@Suite struct KeyFileTests {
    @Test(arguments: [0o640, 0o604, 0o644, 0o660, 0o666, 0o777, 0o601])
    func threat15AKeyThatOthersCanReadIsRefused(mode: Int) throws {
        let dataset = try TestDataset()
        for path in [dataset.directory.checkpointKey(), dataset.directory.authorityKey()] {
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
            #expect(throws: KeyFile.TooOpen(path: path)) { try AuthorityKeys.load(dataset.directory) }
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        }
        _ = try AuthorityKeys.load(dataset.directory)
    }

    @Test func threat15ALooseKeyBehindALinkIsRefusedToo() throws {
        let folder = try TemporaryFolder()
        let target = try folder.write("key", to: "target")
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: target)
        let link = folder.path + "/link"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
        #expect(throws: KeyFile.TooOpen(path: link)) { try KeyFile.read(link) }
    }

    @Test func aStricterModeIsFine() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/key"
        try KeyFile.create("secret", at: path)
        #expect(try mode(of: path) == 0o600)
        try FileManager.default.setAttributes([.posixPermissions: 0o400], ofItemAtPath: path)
        #expect(try KeyFile.read(path) == "secret")
    }

    @Test func aKeyIsNotWrittenOverAnything() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("old", to: "key")
        #expect(throws: FileSync.Failure.self) { try KeyFile.create("new", at: path) }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
    }

    @Test(arguments: ["authority.key", "authority.crt", "checkpoint.key", "chain", "root.crt"])
    func aDamagedOrMissingFileIsNamed(name: String) throws {
        let dataset = try TestDataset()
        let path = "\(dataset.directory.keys)/\(name)"
        let content = try #require(FileManager.default.contents(atPath: path))
        for damaged in [Data(), content.prefix(content.count / 2), Data("hello".utf8)] {
            try damaged.write(to: URL(fileURLWithPath: path))
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
            let error = #expect(throws: AuthorityKeys.Refusal.self) { try AuthorityKeys.load(dataset.directory) }
            #expect(error.map { "\($0)" }?.contains(path) == true, "\(String(describing: error))")
        }
        try FileManager.default.removeItem(atPath: path)
        let error = #expect(throws: FileSync.Failure.self) { try AuthorityKeys.load(dataset.directory) }
        #expect(error?.path == path)
    }

    @Test(arguments: ["checkpoint.key", "chain", "root.crt"])
    func keysOfAnotherDatasetAreRefused(name: String) throws {
        let (mine, other) = (try TestDataset(), try TestDataset())
        let content = try #require(FileManager.default.contents(atPath: "\(other.directory.keys)/\(name)"))
        try content.write(to: URL(fileURLWithPath: "\(mine.directory.keys)/\(name)"))
        #expect(throws: AuthorityKeys.Refusal.doNotMatch(directory: mine.directory.keys)) {
            try AuthorityKeys.load(mine.directory)
        }
    }
}
