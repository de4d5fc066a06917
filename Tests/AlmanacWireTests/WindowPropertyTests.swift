import AlmanacModel
import AlmanacWire
import NIOCore
import Testing

@Suite struct WindowPropertyTests {
    @Test(arguments: 1...60)
    func changesComeBack(seed: Int) throws {
        let base = seed.isMultiple(of: 7) ? UInt64(Int64.max) - 10_000_000 : UInt64(seed % 3) * 1_000
        var random = try RandomChanges(seed: UInt64(seed), base: base)
        let changes = try random.changes([1, 2, 9, 300, 3_000][seed % 5])
        let head = try #require(changes.last?.sequence)
        let level = try #require(CompressionLevel(Int32(seed % 10)))
        let windows = try WindowEncoder.encode(
            stream: .reference, base: Sequence(base), head: head, changes: changes, level: level)
        try expect(windows, toHold: changes, "seed \(seed)")
    }

    @Test func manyWindowsAreNeeded() throws {
        var random = try RandomChanges(seed: 99, base: 0)
        let changes = try random.changes(20_000)
        let head = try #require(changes.last?.sequence)
        let windows = try WindowEncoder.encode(stream: .reference, base: .zero, head: head, changes: changes)
        #expect(windows.count > 2)
        try expect(windows, toHold: changes, "seed 99")
    }

    private func expect(_ windows: [EncodedWindow], toHold changes: [RecordChange], _ comment: Comment) throws {
        var rest = changes[...]
        for window in windows {
            #expect(window.payload.readableBytes <= Caps.windowPayload, comment)
            let decoded = try Window.decode(payload: window.payload)
            let run = rest.prefix(window.changeCount)
            #expect(decoded.changes.sorted { $0.position < $1.position } == Array(run), comment)
            #expect(decoded.end == run.last?.position, comment)
            #expect(decoded.header == window.header, comment)
            rest = rest.dropFirst(window.changeCount)
        }
        #expect(rest.isEmpty, comment)
    }
}
