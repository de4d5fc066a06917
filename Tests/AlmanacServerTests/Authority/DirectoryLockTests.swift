import AlmanacReplica
import AlmanacWire
import Dispatch
import Foundation
import Synchronization
import Testing

@testable import AlmanacServer

@Suite struct DirectoryLockTests {
    @Test func threat28OfAHundredRacingStartsOneWins() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/serve.lock"
        let winners = Mutex<[DirectoryLock]>([])
        let losers = Mutex<[String]>([])
        DispatchQueue.concurrentPerform(iterations: 100) { _ in
            do {
                let lock = try DirectoryLock(path)
                winners.withLock { $0.append(lock) }
            } catch {
                losers.withLock { $0.append("\(error)") }
            }
        }
        #expect(winners.withLock(\.count) == 1)
        #expect(losers.withLock { Set($0) } == ["\(DirectoryLock.Held(path: path))"])
    }

    @Test func threat28TheLockGoesWithItsHolder() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/serve.lock"
        do {
            let lock = try DirectoryLock(path)
            #expect(throws: DirectoryLock.Held.self) { try DirectoryLock(path) }
            withExtendedLifetime(lock) {}
        }
        _ = try DirectoryLock(path)
    }

    @Test func threat29ALinkIsNotFollowed() throws {
        let folder = try TemporaryFolder()
        let target = try folder.write("", to: "target")
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/serve.lock", withDestinationPath: target)
        #expect(throws: FileSync.Failure.self) { try DirectoryLock(folder.path + "/serve.lock") }
    }

    @Test func threat28ASecondServerOnADirectoryIsRefused() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        try await TestServer.serving(dataset) { server in
            await #expect(throws: DirectoryLock.Held.self) { try await TestServer.serving(dataset) { _ in } }
            let client = try await server.open()
            client.send(.ping(Ping(content: 1)))
            #expect(try await client.next().message.type == .pong, "the first one goes on")
        }
    }
}
