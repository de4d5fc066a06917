import AlmanacClient
import AlmanacModel
import Synchronization

/// How a sync goes on: one line that is written over on a terminal, JSON Lines, or nothing.
final class ProgressLine: Sendable {
    private let console: Console
    private let name: ContextName
    private let isShown: Bool
    private let tellsStages: Bool
    private let state: Mutex<State>

    private struct State {
        var announced: UInt64 = 0
        var last: ContinuousClock.Instant?
        var isOpen = false
    }

    private static let interval = Duration.milliseconds(100)

    /// Programs hear of the stages of a sync only where that is asked for: a followed authority is a message a step.
    init(_ console: Console, _ name: ContextName, tellsStages: Bool = true) {
        self.tellsStages = tellsStages
        self.console = console
        self.name = name
        isShown = StandardStream.error.isTerminal && !console.isPlain && !console.isJSON
        state = Mutex(State())
    }

    func show(_ progress: SyncProgress) {
        switch progress {
        case .announced(let entries):
            state.withLock { $0.announced = entries }
            tellStage("announced", [JSONMember("entries", .count(entries))])
        case .received(let entries, let bytes): received(entries, bytes)
        case .resuming(let windows):
            console.note("\(name)  going on with \(Words.count(windows, "window")) that an earlier sync received")
            tellStage("resuming", [JSONMember("windows", .count(windows))])
        case .applying:
            draw("\(name)  applying and comparing digests")
            tellStage("applying", [])
        case .keysRenewed: tell("keys_renewed", [])
        case .roleChanged(let role):
            console.note("\(name)  you are \(role.indefinite) now")
            tell("role_changed", [JSONMember("role", .string(role))])
        case .certificateRenewed(let end):
            console.note("\(name)  the certificate was renewed, until \(end)")
            tell("certificate_renewed", [JSONMember("until", .string(end))])
        case .certificateNotRenewed(let sentence):
            console.warn("the certificate could not be renewed: \(sentence)")
            tell("certificate_not_renewed", [JSONMember("reason", .string(sentence))])
        case .pushed(let summary):
            tell(
                "pushed",
                [
                    JSONMember("applied", .count(summary.applied.count)), JSONMember("rejected", .count(summary.rejected.count)),
                ])
        case .pushFailed(let sentence):
            finish()
            console.warn("what was written here is not sent yet: \(sentence)")
            tell("push_failed", [JSONMember("reason", .string(sentence))])
        case .reconnecting(let pause, let sentence):
            finish()
            console.warn("\(sentence)  Again in \(Words.length(pause))")
            tell(
                "reconnecting",
                [
                    JSONMember("after_milliseconds", .count(Int64(pause / .milliseconds(1)))),
                    JSONMember("reason", .string(sentence)),
                ])
        case .startingOver(let misfit):
            finish()
            console.warn("a full copy is fetched, because \(misfit)")
            tell("full_copy", [JSONMember("reason", .string(misfit.description))])
        }
    }

    /// The line makes room for what comes next.
    func finish() {
        guard isShown else { return }
        let wasOpen = state.withLock { state in
            defer { state.isOpen = false }
            return state.isOpen
        }
        if wasOpen { try? StandardStream.error.write(Array("\r\u{1B}[2K".utf8)) }
    }

    private func received(_ entries: UInt64, _ bytes: ByteCount) {
        let now = ContinuousClock.now
        let announced: UInt64? = state.withLock { state in
            if let last = state.last, last.duration(to: now) < Self.interval { return nil }
            state.last = now
            return state.announced
        }
        guard let announced else { return }
        draw("\(name)  \(Words.grouped(entries)) of \(Words.grouped(max(entries, announced)))  \(bytes)")
        tellStage("received", [JSONMember("entries", .count(entries)), JSONMember("bytes", .count(bytes.rawValue))])
    }

    private func draw(_ text: String) {
        guard isShown else { return }
        state.withLock { $0.isOpen = true }
        try? StandardStream.error.write(Array("\r\u{1B}[2K\(text)".utf8))
    }

    private func tellStage(_ stage: String, _ members: [JSONMember]) {
        if tellsStages { tell(stage, members) }
    }

    private func tell(_ stage: String, _ members: [JSONMember]) {
        guard console.isJSON else { return }
        try? console.message("status", [JSONMember("stage", .string(stage))] + members)
        try? console.flush()
    }
}
