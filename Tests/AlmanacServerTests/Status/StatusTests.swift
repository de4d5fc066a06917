import Foundation
import Testing

@testable import AlmanacServer

@Suite struct StatusTests {
    @Test func aServerTellsWhatItDoes() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        let device = try TestDevice(enrolledAs: "lea", in: dataset)
        #expect(try StatusRequest.ask(dataset.directory) == .notRunning)
        try await TestServer.serving(dataset) { server in
            let client = try await server.open(device)
            try await client.pullAll()
            let status = try await server.status()
            #expect(status.address == "127.0.0.1:\(server.port)")
            #expect((status.connections, status.handshakes, status.pullsCompleted) == (1, 0, 1))
            #expect(status.receivedBytes > 100 && status.sentBytes > 100)
            await client.close()
        }
        #expect(try StatusRequest.ask(dataset.directory) == .notRunning)
        #expect(!FileManager.default.fileExists(atPath: dataset.directory.path + "/" + DataDirectory.statusSocketName))
    }

    @Test func threat15_theSocketIsTheOwnersAlone() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        try await TestServer.serving(dataset) { _ in
            let path = dataset.directory.path + "/" + DataDirectory.statusSocketName
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
    }

    @Test func whatAServerLeftBehindWhenItWasKilledIsNoServer() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        let environment = ["ALMANACD_DATA": dataset.directory.path]
        let server = try Program(["serve", "--port", "0"], environment, in: dataset.folder)
        while !server.errorSoFar.contains("serving") { try await Task.sleep(for: .milliseconds(20)) }
        let running = try await Program.run(["status", "--json"], environment, in: dataset.folder)
        #expect(running.status == 0)
        #expect(running.output.split(separator: "\n").count == 1)
        let told = try #require(try JSONSerialization.jsonObject(with: Data(running.output.utf8)) as? [String: Any])
        #expect(told["message_type"] as? String == "status")
        #expect(told["running"] as? Bool == true)
        #expect(told["pulls_completed"] as? Int == 0)
        #expect((told["followers"] as? [String: Int])?.keys.sorted() == ["0", "1-10", "101-1000", "11-100", ">1000"])
        server.stop(SIGKILL)
        _ = await server.outcome()
        #expect(FileManager.default.fileExists(atPath: dataset.directory.path + "/" + DataDirectory.statusSocketName))
        let stopped = try await Program.run(["status"], environment, in: dataset.folder)
        #expect(stopped.status == 3)
        #expect(stopped.output == "no server is running on \(dataset.directory.path)\n")
        let again = try Program(["serve", "--port", "0"], environment, in: dataset.folder)
        while !again.errorSoFar.contains("serving") { try await Task.sleep(for: .milliseconds(20)) }
        #expect(try await Program.run(["status"], environment, in: dataset.folder).status == 0)
        again.stop()
        #expect(await again.outcome().status == 0)
    }

    @Test func aDirectoryFarDownWorksToo() throws {
        let folder = try TemporaryFolder()
        let deep = folder.path + "/" + [String](repeating: "directory", count: 15).joined(separator: "/")
        try FileManager.default.createDirectory(atPath: deep, withIntermediateDirectories: true)
        let path = try #require(UnixPath(directory: deep, name: "status.sock"))
        #expect(path.path.utf8.count < 108)
        #expect(FileManager.default.createFile(atPath: path.path, contents: nil))
        #expect(FileManager.default.fileExists(atPath: deep + "/status.sock"))
        #expect(try StatusRequest.ask(DataDirectory(deep + "/nothing")) == .notRunning)
    }
}
