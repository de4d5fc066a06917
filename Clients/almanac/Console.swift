import AlmanacClient
import Foundation
import Synchronization

/// Standard output for data, standard error for people.
final class Console: Sendable {
    let isJSON: Bool
    let isPlain: Bool
    let glyphs: Glyphs
    private let pending = Mutex<[UInt8]>([])

    init(isJSON: Bool, isPlain: Bool = false) {
        self.isJSON = isJSON
        self.isPlain = isPlain || ProcessInfo.processInfo.environment["TERM"] == "dumb"
        glyphs = Glyphs(isPlain: self.isPlain)
    }

    convenience init(_ options: GlobalOptions) { self.init(isJSON: options.json, isPlain: options.plain) }

    // MARK: Data

    /// Without a line end of its own.
    func write(_ text: String) throws {
        let isFull = pending.withLock { pending in
            pending += Array(text.utf8)
            return pending.count >= 65_536
        }
        if isFull { try flush() }
    }

    func line(_ text: String) throws { try write(text + "\n") }

    func message(_ type: String, _ members: [JSONMember]) throws { try line(JSONValue.message(type, members).text) }

    /// What is written is out when this returns.
    func flush() throws {
        try pending.withLock { pending in
            let bytes = pending
            pending = []
            try StandardStream.output.write(bytes)
        }
    }

    // MARK: People

    /// For people only: nothing of it in JSON mode.
    func note(_ text: String) {
        guard !isJSON else { return }
        try? flush()
        try? StandardStream.error.write(Array((text + "\n").utf8))
    }

    func warn(_ text: String) { note("\(glyphs.warning) \(text)") }

    /// Tells of an error; the status is the process's. `unsent` is how many changes wait here.
    @discardableResult
    func fail(_ error: any Error, retry: String = "", unsent: Int = 0) -> ExitStatus {
        let report = FailureReport(error).retrying(by: retry).keeping(unsent)
        if isJSON {
            try? message("error", report.members)
            try? flush()
        } else {
            let advice = report.advice.map { "  \(report.status == .offline ? "Retry" : "Try"): \($0)" } ?? ""
            note("\(coloured("error:")) \(report.sentence)\(advice)")
        }
        return report.status
    }

    private func coloured(_ text: String) -> String {
        let isColourless = ProcessInfo.processInfo.environment["NO_COLOR"].map { !$0.isEmpty } ?? false
        return isPlain || isColourless || !StandardStream.error.isTerminal ? text : "\u{1B}[1;31m\(text)\u{1B}[0m"
    }
}

extension FailureReport {
    fileprivate var members: [JSONMember] {
        [
            JSONMember("code", .string(status.name)), JSONMember("exit", .count(status.rawValue)),
            JSONMember("sentence", .string(sentence)), JSONMember("advice", .string(advice)),
        ]
    }
}
