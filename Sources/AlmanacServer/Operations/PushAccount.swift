import AlmanacModel
import AlmanacReplica
import AlmanacWire
import Logging

/// What has become of one push, for the log: numbers and names, nothing of what was written.
struct PushAccount {
    private let push: WaitingPush
    private let message: Message

    init(_ push: WaitingPush, _ message: Message) {
        self.push = push
        self.message = message
    }

    func log(after duration: Duration, to logger: Logger) {
        let seconds = (duration / .milliseconds(1)).rounded() / 1_000
        var metadata: Logger.Metadata = [
            "bytes": "\(push.push.sheet.statementBytes.count)", "device": "\(push.device.name)", "outcome": "\(outcome)",
            "operations": "\(push.push.sheet.statement.operations.count)", "person": "\(push.device.person.name)",
            "seconds": "\(seconds)",
        ]
        if case .receipts(let receipts) = message {
            let tally = ReceiptTally(receipts.sheet.statement.receipts)
            metadata["applied"] = "\(tally.applied)"
            metadata["conflicts"] = "\(tally.conflicts)"
            metadata["rejected"] = "\(tally.rejected.values.reduce(0, +))"
        }
        logger.info("a push has ended", metadata: metadata)
    }

    private var outcome: String {
        if case .error(let error) = message { error.code.description } else { "settled" }
    }
}

/// How many operations came to what.
struct ReceiptTally {
    private(set) var applied = 0
    private(set) var conflicts = 0
    private(set) var rejected: [String: Int] = [:]

    init(_ receipts: [Receipt]) {
        for receipt in receipts {
            switch receipt.outcome {
            case .applied(let outcome):
                applied += 1
                conflicts += outcome.conflicts.count
            case .rejected(let rejection): rejected[rejection.reason.description, default: 0] += 1
            }
        }
    }
}
