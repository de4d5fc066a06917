import AlmanacModel
import AlmanacReplica
import AlmanacWire
import Benchmark
import Foundation
import GeneratedData
import Measuring

let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = Benchmark.Configuration(
        metrics: [.wallClock, .cpuTotal, Figures.rowsPerSecond, Figures.plainRowsPerSecond, Figures.percentOfPlain],
        warmupIterations: 1, maxDuration: .seconds(60), maxIterations: 10)

    firstCopyBenchmark()
    deltaBenchmark()
}

/// A first copy, the records in it, and a folder to write to.
struct FirstCopySetup {
    let authority: GeneratedAuthority
    let first: GeneratedAuthority.Delta
    let records: [Record]

    init() throws {
        authority = try GeneratedAuthority(GeneratedDataset())
        first = try authority.delta(after: nil)
        records = try authority.dataset.dealRecords(sequence: first.completion.checkpoint.statement.sequence)
    }

    func path(_ name: String) -> String { authority.folder.path(name) }
}

/// The yardstick is run right before what is measured, every time: the machine is the same for both.
private func report(
    _ rows: Int, in time: Duration, beside plain: PlainInsert, in folder: FirstCopySetup, to benchmark: Benchmark
) throws {
    let path = folder.path("plain.sqlite")
    try? FileManager.default.removeItem(atPath: path)
    let plainTime = try ContinuousClock().measure { try plain.run(path: path) }
    let (rate, plainRate) = (Figures.rate(rows, in: time), Figures.rate(plain.rowCount, in: plainTime))
    benchmark.measurement(Figures.rowsPerSecond, rate)
    benchmark.measurement(Figures.plainRowsPerSecond, plainRate)
    benchmark.measurement(Figures.percentOfPlain, Figures.percent(rate, of: plainRate))
}

private func firstCopyBenchmark() {
    Benchmark("Apply: first copy of 100,000 rows") { (benchmark, setup: (FirstCopySetup, PlainInsert)) in
        let (folder, plain) = setup
        let path = folder.path("replica.sqlite")
        try? FileManager.default.removeItem(atPath: path)
        var count = 0
        let time = try benchmark.timed {
            count = try FirstCopy(path: path).build(
                folder.first.windows, until: folder.first.completion, now: GeneratedAuthority.now)
        }
        try report(count, in: time, beside: plain, in: folder, to: benchmark)
    } setup: {
        let folder = try FirstCopySetup()
        return (folder, PlainInsert(folder.records))
    }
}

private func deltaBenchmark() {
    typealias Setup = (FirstCopySetup, GeneratedAuthority.Delta, PlainInsert)
    Benchmark("Apply: delta of 10,000 changed rows to 100,000") { (benchmark, setup: Setup) in
        let (folder, delta, plain) = setup
        let path = folder.path("replica.sqlite")
        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
        try FileManager.default.copyItem(atPath: folder.path("base.sqlite"), toPath: path)
        let replica = try ReplicaDatabase.open(path: path)
        var count = 0
        let time = try benchmark.timed {
            count = try replica.apply(delta.windows, until: delta.completion, now: GeneratedAuthority.now)
        }
        try replica.close()
        try report(count, in: time, beside: plain, in: folder, to: benchmark)
    } setup: {
        let folder = try FirstCopySetup()
        _ = try FirstCopy(path: folder.path("base.sqlite")).build(
            folder.first.windows, until: folder.first.completion, now: GeneratedAuthority.now)
        let changed = stride(from: 0, to: folder.records.count, by: folder.records.count / 10_000)
        try folder.authority.revise(changed, revision: 1)
        let delta = try folder.authority.delta(after: folder.first.completion.checkpoint.statement.cursor)
        return (folder, delta, PlainInsert(changed.map { folder.records[$0] }))
    }
}
