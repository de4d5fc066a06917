import TestSupport
import AlmanacModel
import AlmanacWire
import Foundation
import NIOCore
import Testing

@testable import AlmanacReplica

@Suite struct SpoolTests {
    private struct Spooled {
        let path: String
        let key: Spool.Key
        let windows: [(window: Window, payload: [UInt8])]
        let bytes: [UInt8]
        /// Where each entry begins, and where the last ends.
        let ends: [Int]
    }

    private func withSpool(_ body: (Spooled) throws -> Void) throws {
        try withTemporaryDirectory { directory in
            let world = try SmallWorld(directory, limits: DeltaReader.Limits(windowEntries: 3, stepBytes: ByteCount(1)))
            let key = Spool.Key(dataset: world.keys.dataset, epoch: Epoch(7), base: .zero)
            let path = "\(directory)/spool"
            let spool = try Spool(path: path, key: key)
            var windows: [(Window, [UInt8])] = []
            var ends = [try size(path)]
            var request = DeltaRequest(epoch: nil, streams: [], patterns: [.all], highestHead: .zero)
            while true {
                let step = try world.authority.read(request)
                for encoded in step.windows {
                    let payload = Array(encoded.payload.readableBytesView)
                    let window = try Window.decode(payload: encoded.payload)
                    try spool.append(payload, of: window)
                    windows.append((window, payload))
                    ends.append(try size(path))
                }
                if step.completion != nil { break }
                request = step.next
            }
            #expect(windows.count >= 4)
            try body(
                Spooled(
                    path: path, key: key, windows: windows, bytes: Array(Data(contentsOf: URL(fileURLWithPath: path))), ends: ends
                ))
        }
    }

    private func size(_ path: String) throws -> Int { try Data(contentsOf: URL(fileURLWithPath: path)).count }

    private func write(_ bytes: [UInt8], _ path: String) throws { try Data(bytes).write(to: URL(fileURLWithPath: path)) }

    private func expect(_ spool: Spool, holds windows: some Swift.Collection<(window: Window, payload: [UInt8])>) throws {
        #expect(try spool.windows().map { try $0.get() } == windows.map(\.window))
        #expect(spool.windowCount == windows.count)
        var positions: [StreamName: Position] = [:]
        for (window, _) in windows { positions[window.stream] = window.end }
        #expect(spool.positions == positions)
        #expect(spool.highestHead == windows.map(\.window.head).max())
    }

    @Test func whatWasAppendedIsThereAgain() throws {
        try withSpool { spooled in
            #expect(Spool.key(at: spooled.path) == spooled.key)
            try expect(Spool(path: spooled.path, key: spooled.key), holds: spooled.windows)
            let mode = try FileManager.default.attributesOfItem(atPath: spooled.path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
    }

    @Test func anEndTornAtAnyByteIsDropped() throws {
        try withSpool { spooled in
            let (start, end) = (spooled.ends[spooled.ends.count - 2], spooled.ends[spooled.ends.count - 1])
            for cut in start..<end {
                try write(Array(spooled.bytes.prefix(cut)), spooled.path)
                let spool = try Spool(path: spooled.path, key: spooled.key)
                try expect(spool, holds: spooled.windows.dropLast())
                #expect(try size(spooled.path) == start)
            }
            // And the pull goes on.
            let spool = try Spool(path: spooled.path, key: spooled.key)
            let last = try #require(spooled.windows.last)
            try spool.append(last.payload, of: last.window)
            try expect(spool, holds: spooled.windows)
            #expect(try Data(contentsOf: URL(fileURLWithPath: spooled.path)) == Data(spooled.bytes))
        }
    }

    @Test func aSpoolCutInItsHeadBeginsAnew() throws {
        try withSpool { spooled in
            for cut in 0..<spooled.ends[0] {
                try write(Array(spooled.bytes.prefix(cut)), spooled.path)
                try expect(Spool(path: spooled.path, key: spooled.key), holds: [])
            }
        }
    }

    @Test func aFlippedBitIsDetected() throws {
        try withSpool { spooled in
            var generator = SeededGenerator(seed: 11)
            for _ in 0..<300 {
                let offset = generator.number(spooled.ends[0]...(spooled.bytes.count - 1))
                var bytes = spooled.bytes
                bytes[offset] ^= 1 << UInt8(generator.number(0...7))
                try write(bytes, spooled.path)
                let intact = spooled.ends.dropFirst().filter { $0 <= offset }.count
                try expect(Spool(path: spooled.path, key: spooled.key), holds: spooled.windows.prefix(intact))
            }
        }
    }

    /// Windows are read one at a time, when they are asked for: what happens to the second after the first was read is seen.
    @Test func aBitThatFlipsWhileWindowsAreReadIsAnError() throws {
        try withSpool { spooled in
            let spool = try Spool(path: spooled.path, key: spooled.key)
            var results = spool.windows().makeIterator()
            #expect(try results.next()?.get() == spooled.windows[0].window)
            let handle = try #require(FileHandle(forWritingAtPath: spooled.path))
            try handle.seek(toOffset: UInt64(spooled.ends[1] + 20))
            try handle.write(contentsOf: [spooled.bytes[spooled.ends[1] + 20] ^ 1])
            try handle.close()
            #expect(throws: ReplicaError.self) { try results.next()?.get() }
            #expect(results.next() == nil)
        }
    }

    @Test func anotherKeyDiscards() throws {
        let other = try #require(UniqueID(bytes: Array(repeating: 200, count: 16)))
        try withSpool { spooled in
            let keys = [
                Spool.Key(dataset: other, epoch: Epoch(7), base: .zero),
                Spool.Key(dataset: spooled.key.dataset, epoch: Epoch(8), base: .zero),
                Spool.Key(dataset: spooled.key.dataset, epoch: Epoch(7), base: Sequence(1)),
            ]
            for key in keys {
                try write(spooled.bytes, spooled.path)
                try expect(Spool(path: spooled.path, key: key), holds: [])
                #expect(Spool.key(at: spooled.path) == key)
            }
        }
    }

    @Test func nothingIsLeftAfterRemove() throws {
        try withSpool { spooled in
            let spool = try Spool(path: spooled.path, key: spooled.key)
            try spool.remove()
            #expect(!FileManager.default.fileExists(atPath: spooled.path))
            #expect(Spool.key(at: spooled.path) == nil)
        }
    }
}
