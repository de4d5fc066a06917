import AlmanacModel
import AlmanacReplica
import Foundation
import Testing

@testable import AlmanacClient

/// What the command of a followed sync has not taken over it is told again: nothing is lost to a failure or a crash.
@Suite final class FedCommandTests {
    private let folder: URL
    private let context: Context
    private var out: String { "\(folder.path)/out" }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("almanac-client-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let directories = try ClientDirectories(environment: ["HOME": folder.path])
        let name = try #require(ContextName("field"))
        context = Context(name: name, paths: ContextPaths(directories, name), settings: try .sample())
        try FileManager.default.createDirectory(atPath: context.paths.data, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    private func step(_ from: UInt64, _ to: UInt64, changes: Int = 1) -> SyncSummary {
        let cursors = [from, to].map { Cursor(epoch: Epoch(1), sequence: Sequence($0)) }
        return SyncSummary(
            from: cursors[0], to: cursors[1], signed: SystemClock.now(), commit: nil, changes: changes, received: .zero,
            sent: .zero,
            streams: [], streamsBefore: [], feedBefore: FeedPosition(Sequence(from)), feed: FeedPosition(Sequence(to)),
            misfit: nil)
    }

    /// One that notes what it is told, and fails while there is a file `fail`.
    private func command() -> FedCommand {
        FedCommand("echo $ALMANAC_SINCE-$ALMANAC_TO >> \(out); ! test -e \(folder.path)/fail", of: context, Interruption())
    }

    private func told() -> String {
        ((try? String(contentsOfFile: out, encoding: .utf8)) ?? "").split(separator: "\n").joined(separator: " ")
    }

    private func fail(_ wanted: Bool) throws {
        if wanted {
            try Data().write(to: folder.appendingPathComponent("fail"))
        } else {
            try FileManager.default.removeItem(at: folder.appendingPathComponent("fail"))
        }
    }

    @Test func aStepAfterTheOther() async throws {
        let command = command()
        #expect(try await command.run(after: step(5, 5, changes: 0)) == nil)
        #expect(try await command.run(after: step(5, 6))?.isSuccess == true)
        #expect(try await command.run(after: step(6, 7, changes: 0)) == nil, "the head alone has moved")
        #expect(try await command.run(after: step(7, 9))?.isSuccess == true)
        #expect(told() == "5-6 7-9")
    }

    @Test func whatFailedIsToldAgainWithTheNextStep() async throws {
        let command = command()
        _ = try await command.run(after: step(5, 6))
        try fail(true)
        #expect(try await command.run(after: step(6, 7)) == .exited(1))
        #expect(try await command.run(after: step(7, 8)) == .exited(1))
        try fail(false)
        _ = try await command.run(after: step(8, 9))
        #expect(told() == "5-6 6-7 6-8 6-9")
    }

    /// The first step of the next run finds nothing new, and yet there is something to tell.
    @Test func whatFailedIsToldAgainAfterARestart() async throws {
        try fail(true)
        _ = try await command().run(after: step(0, 6))
        try fail(false)
        let next = command()
        _ = try await next.run(after: step(6, 6, changes: 0))
        #expect(try await next.run(after: step(6, 6, changes: 0)) == nil)
        #expect(told() == "0-6 0-6")
    }

    @Test func anotherCommandHasItsOwnPlace() async throws {
        _ = try await command().run(after: step(0, 6))
        let other = FedCommand("echo other $ALMANAC_FROM >> \(out)", of: context, Interruption())
        #expect(try await other.run(after: step(6, 6, changes: 0)) == nil, "it begins here")
        _ = try await other.run(after: step(6, 7))
        #expect(told() == "0-6 other 6")
    }
}
