import NIOCore

/// Bytes decide how a window is put together: lengths, counts and sizes fit but for a few that are wrong on purpose, so that
/// what stands behind them is reached (row 3 of what must not happen).
enum ChunkFuzzing {
    static func run(_ bytes: [UInt8]) throws {
        var maker = WindowMaker(choices: Choices(bytes))
        try WindowFuzzing.run(maker.window())
    }
}
