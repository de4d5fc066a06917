import AlmanacCrypto
import AlmanacModel
import AlmanacWire
import Benchmark
import GeneratedData
import Measuring
import NIOCore

let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = Benchmark.Configuration(
        metrics: [.wallClock, .cpuTotal, Figures.rowsPerSecond], warmupIterations: 1, maxDuration: .seconds(20), maxIterations: 12
    )

    chunkBenchmarks()
    digestBenchmarks()
}

/// The deals of the standard dataset, as a first copy brings them.
struct Deals {
    let records: [Record]
    let changes: [RecordChange]
    let stream: StreamName

    static let sequence = AlmanacModel.Sequence(2)

    init(_ dataset: GeneratedDataset = GeneratedDataset()) throws {
        records = try dataset.dealRecords(sequence: Self.sequence)
        changes = records.map(RecordChange.whole)
        stream = try GeneratedDataset.dealsStream()
    }

    func encode(_ level: CompressionLevel = .standard) throws -> [EncodedWindow] {
        try WindowEncoder.encode(stream: stream, base: .zero, head: Self.sequence, changes: changes, level: level)
    }
}

private func chunkBenchmarks() {
    encodeBenchmark("Chunks: encode 100,000 rows", .standard, GeneratedDataset())
    encodeBenchmark("Chunks: encode 100,000 rows, zlib level 1", .fast, GeneratedDataset())
    encodeBenchmark("Chunks: encode 100,000 rows without notes", .standard, GeneratedDataset(hasNotes: false))

    Benchmark("Chunks: decode 100,000 rows") { (benchmark, windows: [EncodedWindow]) in
        var count = 0
        let time = try benchmark.timed {
            for window in windows { count += try Window.decode(payload: window.payload).changes.count }
        }
        benchmark.measurement(Figures.rowsPerSecond, Figures.rate(count, in: time))
    } setup: {
        try Deals().encode()
    }
}

/// The bytes are compared with those of the same rows as NDJSON in one deflate stream of the same level.
private func encodeBenchmark(_ name: String, _ level: CompressionLevel, _ dataset: GeneratedDataset) {
    var configuration = Benchmark.defaultConfiguration
    configuration.metrics += [Figures.bytesOfThousandRows, Figures.textBytesOfThousandRows, Figures.percentOfText]

    Benchmark(name, configuration: configuration) { (benchmark, setup: (deals: Deals, text: Int)) in
        var windows: [EncodedWindow] = []
        let time = try benchmark.timed { windows = try setup.deals.encode(level) }
        report(windows, text: setup.text, of: setup.deals.records.count, in: time, to: benchmark)
    } setup: {
        let text = dataset.dealsAsNDJSON(sequence: Deals.sequence.rawValue)
        return (deals: try Deals(dataset), text: try Deflate.byteCount(of: text, level: level.rawValue))
    }
}

private func report(
    _ windows: [EncodedWindow], text: Int, of rows: Int, in time: Duration, to benchmark: Benchmark
) {
    let bytes = windows.reduce(0) { $0 + $1.payload.readableBytes }
    benchmark.measurement(Figures.rowsPerSecond, Figures.rate(rows, in: time))
    benchmark.measurement(Figures.bytesOfThousandRows, bytes * 1_000 / rows)
    benchmark.measurement(Figures.textBytesOfThousandRows, text * 1_000 / rows)
    benchmark.measurement(Figures.percentOfText, Figures.percent(bytes, of: text))
}

private func digestBenchmarks() {
    Benchmark("Digest: LtHash of 100,000 records' canonical bytes") { (benchmark, encoded: [[UInt8]]) in
        let hasher = try LtHasher()
        var digest = LtHash()
        let time = try benchmark.timed {
            for record in encoded { try digest.add(record, using: hasher) }
        }
        blackHole(digest)
        benchmark.measurement(Figures.rowsPerSecond, Figures.rate(encoded.count, in: time))
    } setup: {
        try Deals().records.map(CanonicalRecord.encode)
    }

    Benchmark("Digest: 100,000 records, canonical bytes included") { (benchmark, deals: Deals) in
        let hasher = try LtHasher()
        var digest = LtHash()
        var bytes: [UInt8] = []
        let time = try benchmark.timed {
            for record in deals.records {
                bytes.removeAll(keepingCapacity: true)
                CanonicalRecord.append(record, to: &bytes)
                try digest.add(bytes, using: hasher)
            }
        }
        blackHole(digest)
        benchmark.measurement(Figures.rowsPerSecond, Figures.rate(deals.records.count, in: time))
    } setup: {
        try Deals()
    }
}
