import AlmanacModel
import AlmanacReplica
import AlmanacSync
import Foundation
import Testing

@testable import AlmanacClient

@Suite struct StepCommandTests {
    private let folder: TemporaryDirectory
    private let context: Context

    init() throws {
        folder = try TemporaryDirectory()
        let directories = try ClientDirectories(environment: ["HOME": folder.path])
        let name = try #require(ContextName("field"))
        context = Context(name: name, paths: ContextPaths(directories, name), settings: try .sample())
    }

    private func run(_ command: String, _ interruption: Interruption = Interruption()) async throws -> StepCommand.Ending {
        let summary = SyncSummary(
            from: nil, to: Cursor(epoch: Epoch(1), sequence: Sequence(7)), signed: SystemClock.now(), commit: nil, changes: 1,
            received: .zero,
            sent: .zero, streams: [], streamsBefore: [], feedBefore: .start, feed: FeedPosition(Sequence(7)), misfit: nil)
        return try await StepCommand(command).run(since: .start, after: summary, of: context, interruption)
    }

    @Test func itIsToldWhatHappened() async throws {
        let path = "\(folder.path)/out"
        let ending = try await run(
            "echo $ALMANAC_CONTEXT $ALMANAC_SINCE $ALMANAC_FROM $ALMANAC_TO $ALMANAC_REPLICA > \(path); cat >> \(path)")
        #expect(ending.isSuccess)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "field 0 0 7 \(context.paths.replica)\n")
    }

    @Test func howItEndsIsReported() async throws {
        #expect(try await run("exit 3") == .exited(3))
        #expect(try await run("kill -9 $$") == .killed(signal: 9))
        #expect(try await run("no-such-program-\(UUID().uuidString) 2> /dev/null") == .exited(127))
    }

    /// A connection that a program has inherited would stay open after it was closed.
    @Test func itInheritsNoFiles() async throws {
        let path = "\(folder.path)/out"
        let held = open("/dev/null", O_RDONLY)
        defer { close(held) }
        _ = try await run("ls /proc/$$/fd > \(path)")
        let files = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").compactMap { Int32($0) }
        #expect(files.count >= 3 && !files.contains(held))
    }

    @Test func theWishToStopEndsItAndEverythingItStarted() async throws {
        let path = "\(folder.path)/pid"
        let interruption = Interruption()
        let running = Task { try await run("sleep 1000 & echo $! > \(path).new; mv \(path).new \(path); wait", interruption) }
        while !FileManager.default.fileExists(atPath: path) { try await Task.sleep(for: .milliseconds(5)) }
        #expect(interruption.request())
        await #expect(throws: SessionFailure.interrupted) { try await running.value }
        let child = try #require(Int32(String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").first ?? ""))
        // It may take a moment until nobody's child is gone.
        while kill(child, 0) == 0, !isZombie(child) { try await Task.sleep(for: .milliseconds(5)) }
    }

    private func isZombie(_ child: Int32) -> Bool {
        let status = try? String(contentsOfFile: "/proc/\(child)/stat", encoding: .utf8)
        return status?.contains(") Z ") ?? true
    }

    @Test func theSecondWishIsNotIgnored() async throws {
        let path = "\(folder.path)/ready"
        let interruption = Interruption()
        let running = Task { try await run("trap '' TERM; touch \(path); while :; do sleep 0.05; done", interruption) }
        while !FileManager.default.fileExists(atPath: path) { try await Task.sleep(for: .milliseconds(5)) }
        #expect(interruption.request())
        #expect(interruption.request())
        await #expect(throws: SessionFailure.interrupted) { try await running.value }
    }
}
