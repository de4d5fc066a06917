import TestSupport
import AlmanacModel
import NIOCore
import Testing

@testable import AlmanacWire

@Suite struct MutationTests {
    /// No bytes trap, and what is accepted has one encoding (rows 3 and 4 of the threats).
    @Test(arguments: [UInt64(1), 2, 3, 4])
    func row3And4NoMutationTraps(seed: UInt64) throws {
        var mutator = Mutator(generator: SeededGenerator(seed: seed))
        let vectors = try VectorFile.all().filter(\.isDecodable)
        let contents = try vectors.map { try $0.bytes }
        var (accepted, refused) = (0, 0)
        for _ in 0..<25_000 {
            let index = mutator.generator.number(0...(vectors.count - 1))
            let bytes = mutator.mutate(contents[index], other: mutator.generator.pick(contents))
            do {
                let decoded = try VectorDecoder.decode(vectors[index].type, bytes)
                if let encoded = decoded.encoded, encoded != bytes {
                    Issue.record("seed \(seed): \(vectors[index].type) \(Hex.encode(bytes)) has a second encoding")
                }
                accepted += 1
            } catch {
                refused += 1
            }
        }
        #expect(accepted > 500 && refused > 5_000, "seed \(seed)")
    }

    /// In a process of its own, so that nothing else takes memory.
    @Test(.enabled(if: Memory.isMeasurable)) func row3MutationsTakeLittleMemory() async {
        await #expect(processExitsWith: .success) {
            var mutator = Mutator(generator: SeededGenerator(seed: 5))
            let vectors = try VectorFile.all().filter(\.isDecodable)
            let contents = try vectors.map { try $0.bytes }
            let before = try Memory.peakByteCount()
            for _ in 0..<20_000 {
                let index = mutator.generator.number(0...(vectors.count - 1))
                let bytes = mutator.mutate(contents[index], other: mutator.generator.pick(contents))
                _ = try? VectorDecoder.decode(vectors[index].type, bytes)
            }
            #expect(try Memory.peakByteCount() - before < 16 * 1_048_576)
        }
    }

    /// A window that is accepted can be sent on: what a decoder lets in, an encoder takes.
    @Test(arguments: [UInt64(11), 12])
    func acceptedWindowsCanBeEncodedAgain(seed: UInt64) throws {
        var mutator = Mutator(generator: SeededGenerator(seed: seed))
        let contents = try VectorFile.read("windows").good.map { try $0.bytes }
        var accepted = 0
        for _ in 0..<10_000 {
            let bytes = mutator.mutate(mutator.generator.pick(contents), other: mutator.generator.pick(contents))
            guard let window = try? Window.decode(payload: ByteBuffer(bytes: bytes)) else { continue }
            accepted += 1
            let changes = window.changes.sorted { $0.position < $1.position }
            let encoded = try WindowEncoder.encode(
                stream: window.stream, base: window.base, head: window.head, changes: changes)
            let again = try encoded.flatMap { try Window.decode(payload: $0.payload).changes }
            #expect(again.sorted { $0.position < $1.position } == changes, "seed \(seed): \(Hex.encode(bytes))")
        }
        #expect(accepted > 100, "seed \(seed)")
    }
}
