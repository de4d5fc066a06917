import AlmanacModel
import Logging
import Synchronization

/// Says that somebody was refused: the first time at once, then as a number at most once a minute. An attack fills no log.
final class RefusalLog: Sendable {
    static let period: Duration = .seconds(60)

    private let logger: Logger
    private let state = Mutex<[String: Entry]>([:])

    private struct Entry {
        var said: Instant
        var unsaid = 0
        var peer = ""
    }

    init(_ logger: Logger) { self.logger = logger }

    /// `what` is one of a few sentences of this program; `peer` is the last that it happened to. The time is only compared with itself.
    func note(_ what: String, peer: String, now: Instant) {
        let isFirst = state.withLock { entries in
            guard entries[what] == nil else {
                entries[what]?.unsaid += 1
                entries[what]?.peer = peer
                return false
            }
            entries[what] = Entry(said: now)
            return true
        }
        if isFirst { say(what, count: 1, peer: peer) }
    }

    /// Says what has gathered, and forgets what has not happened for a period.
    func flush(now: Instant) {
        let due = state.withLock { entries in
            let due = entries.filter { $0.value.said.advanced(by: Self.period) <= now }
            for (what, entry) in due { entries[what] = entry.unsaid > 0 ? Entry(said: now) : nil }
            return due.filter { $0.value.unsaid > 0 }
        }
        for (what, entry) in due.sorted(by: { $0.key < $1.key }) { say(what, count: entry.unsaid, peer: entry.peer) }
    }

    private func say(_ what: String, count: Int, peer: String) {
        logger.warning("\(what)", metadata: ["count": "\(count)", "peer": "\(peer)"])
    }
}
