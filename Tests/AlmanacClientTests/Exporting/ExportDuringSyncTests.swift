import AlmanacModel
import AlmanacReplica
import Dispatch
import Synchronization
import Testing

@testable import AlmanacClient

/// An export is of one head, whatever a sync does meanwhile.
struct ExportDuringSyncTests {
    @Test(arguments: [false, true])
    func rowsAreOfOneHead(full: Bool) async throws {
        let source = try PlacesAndNotes.folder()
        let scene = try await ExportScene.synced(source.path)
        let before = try #require(try scene.laptop.status().replica).cursor
        try scene.authority.change("key,name\nb,changed\n../c,changed\n", in: "places")
        let (text, head) = try await scene.authority.serving { port in
            try await Self.export(scene) { _ = try await scene.laptop.sync(port: port, full: full) }
        }
        #expect(text.split(separator: "\r\n").last == "../c,plain")
        #expect(head == before)
        #expect(try scene.text("places", as: .csv).split(separator: "\r\n").last == "../c,changed")
        #expect(try scene.laptop.verify().cursor.sequence > before.sequence)
    }

    /// Syncs after the first row has been written and before the second is read.
    private static func export(
        _ scene: ExportScene, _ sync: @escaping @Sendable () async throws -> Void
    ) async throws -> (text: String, head: Cursor) {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(
                    with: Result {
                        var text = ""
                        var lines = 0
                        let request = ExportRequest(collections: ["places"], format: .csv, isRaw: false)
                        let summary = try scene.exporter().export(request, isMessages: false) {
                            text += $0
                            lines += 1
                            if lines == 2 { try wait(for: sync) }
                        }
                        return (text, summary.cursor)
                    })
            }
        }
    }

    private static func wait(for body: @escaping @Sendable () async throws -> Void) throws {
        let end = DispatchSemaphore(value: 0)
        let outcome = Outcome()
        Task {
            do { try await body() } catch { outcome.error.withLock { $0 = error } }
            end.signal()
        }
        end.wait()
        if let error = outcome.error.withLock({ $0 }) { throw error }
    }

    private final class Outcome: Sendable {
        let error = Mutex<(any Error)?>(nil)
    }
}
