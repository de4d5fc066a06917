import AlmanacCrypto
import AlmanacModel
import AlmanacReplica
import AlmanacWire
import Foundation
import NIOCore

/// The file in which a pull keeps its windows. The first byte says whether the rest is the file as it stands, or says how a file is
/// put together whose hashes fit but for a few.
enum SpoolFuzzing {
    static func run(_ bytes: [UInt8]) throws {
        var choices = Choices(bytes)
        let folder = try FuzzFolder()
        let file = choices.flag() ? SpoolFile(whole: choices.remaining()) : try SpoolFile(choosing: &choices)
        let path = try folder.write(file.bytes, to: "spool")
        let seen = try open(path)
        if let count = file.windowCount {
            try Finding.unless(seen.count == count, "\(seen.count) windows are taken of \(count)")
        }
        let rest = try contents(path)
        try Finding.unless(file.bytes.starts(with: rest) || seen.count == 0, "opening writes what was not there")
        try Finding.unless(try open(path) == seen && contents(path) == rest, "the second opening finds something else")
        try append(path, seen)
    }

    /// What a spool says of its windows.
    private struct Seen: Equatable {
        let count: Int
        let positions: [StreamName: Position]
        let highestHead: AlmanacModel.Sequence?
    }

    private static func open(_ path: String) throws -> Seen {
        let spool = try Spool(path: path, key: SpoolFile.key())
        try Finding.unless(Spool.key(at: path) == spool.key, "an open spool has another key")
        var positions: [StreamName: Position] = [:]
        var heads: [AlmanacModel.Sequence] = []
        for window in spool.windows() {
            let window = try window.get()
            positions[window.stream] = window.end
            heads.append(window.head)
        }
        let seen = Seen(count: spool.windowCount, positions: spool.positions, highestHead: spool.highestHead)
        try Finding.unless(
            Seen(count: heads.count, positions: positions, highestHead: heads.max()) == seen, "the windows are not what it says")
        return seen
    }

    /// A window more is one more at the next opening.
    private static func append(_ path: String, _ seen: Seen) throws {
        let encoded = try Samples.window(.reference, base: 0, head: 9, id: 1)
        let payload = Array(encoded.payload.readableBytesView)
        try Spool(path: path, key: SpoolFile.key()).append(payload, of: Window.decode(payload: encoded.payload))
        try Finding.unless(try open(path).count == seen.count + 1, "a window is lost behind what was there")
    }

    private static func contents(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: path))) }
}
