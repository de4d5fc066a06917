import AlmanacModel
import AlmanacReplica
import AlmanacSync
import AlmanacWire
import Logging
import NIOCore

extension Backend {
    /// Has a push applied, together with what others push meanwhile. The answer says what is durable.
    func apply(_ push: WaitingPush) {
        guard !push.lane.isClosed else { return push.tell(.error(.behindRefusedPush)) }
        let (count, now) = (push.push.sheet.statement.operations.count, Instant(push.eventLoop.now))
        if let wait = operations.push(count, from: push.device.fingerprint, now: now) {
            refusals.note(
                "pushes refused: limits.operations came from one device within a minute", peer: push.device.person.name, now: now)
            return push.tell(.error(.tooManyOperations(wait: wait)))
        }
        switch pushes.add(push) {
        case .first: threads.write(applyWaiting)
        case .behindOthers: break
        case .full: push.tell(.error(.tooManyPushes))
        }
    }

    private func applyWaiting() {
        apply(pushes.take())
        if pushes.isMoreWaiting() { threads.write(applyWaiting) }
    }

    private func apply(_ waiting: [WaitingPush]) {
        guard !waiting.isEmpty else { return }
        let start = ContinuousClock.now
        do {
            let head = try store.head()
            let admitted = try waiting.filter { push in
                guard let refusal = try refusal(of: push, head) else { return true }
                answer(push, .error(refusal), start)
                return false
            }
            let outcomes = apply(admitted.map(PushedSheet.init))
            metrics.pushGroups.observe(Double(admitted.count))
            for (push, outcome) in zip(admitted, outcomes) { answer(push, message(outcome, head), start) }
            headBell.ring()
        } catch {
            for push in waiting { answer(push, failed(error), start) }
        }
    }

    private func refusal(of push: WaitingPush, _ head: HeadState) throws -> ErrorMessage? {
        push.lane.isClosed ? .behindRefusedPush : try push.push.sheet.refusal(from: push.device, of: head.dataset)
    }

    private func apply(_ sheets: [PushedSheet]) -> [PushOutcome] {
        store.apply(sheets, at: clock.now()) { [judge = OperationJudge()] in try judge.verdict(on: $0, in: $1) }
    }

    private func message(_ outcome: PushOutcome, _ head: HeadState) -> Message {
        switch outcome {
        case .settled(let receipts):
            metrics.count(receipts)
            do {
                return .receipts(try Receipts(sheet: signer.sign(receipts, of: head)))
            } catch {
                return failed(error)
            }
        case .notEnrolled: return .error(.notEnrolled)
        case .failed(let error): return failed(error)
        }
    }

    private func failed(_ error: any Error) -> Message {
        logger.error("a push failed", metadata: ["error": "\(error)"])
        return .error(.pushFailed)
    }

    private func answer(_ push: WaitingPush, _ message: Message, _ start: ContinuousClock.Instant) {
        metrics.pushSeconds.observe(.now - start)
        PushAccount(push, message).log(after: .now - start, to: logger)
        push.tell(message)
    }
}

extension PushedSheet {
    fileprivate init(_ push: WaitingPush) {
        self.init(fingerprint: push.device.fingerprint, operations: push.push.sheet.statement.operations)
    }
}

extension ErrorMessage {
    fileprivate static let tooManyPushes = refusal(
        .busy, "too many pushes wait: nothing was applied", retry: .here(after: .seconds(2)))

    fileprivate static let behindRefusedPush = refusal(
        .busy, "an earlier push of this connection was not applied: nothing was applied; connect again",
        retry: .here(after: .seconds(2)))

    fileprivate static func tooManyOperations(wait: Duration) -> ErrorMessage {
        refusal(.busy, "this device pushes too many operations within a minute: nothing was applied", retry: .here(after: wait))
    }

    /// Whether anything of it is durable is not known: sent again, each operation has its effect once.
    fileprivate static let pushFailed = refusal(
        .internal, "the server could not apply the push; its log says more", fault: .sender, retry: .here(after: .seconds(5)))
}
