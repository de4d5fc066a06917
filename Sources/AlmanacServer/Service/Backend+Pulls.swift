import AlmanacModel
import AlmanacReplica
import AlmanacRules
import AlmanacSync
import AlmanacWire
import Logging

extension Backend {
    /// One piece of a pull.
    struct Piece: Sendable {
        let step: ServerMachine.PullStep
        /// From where the next goes on, but for the patterns, which are each reader's own; nil after a refusal.
        let next: DeltaRequest?

        static func refused(_ error: ErrorMessage) -> Piece { Piece(step: .refused(error), next: nil) }
    }

    /// Has one piece read. What is asked while others' questions are looked at waits, and is looked at together.
    func read(_ question: PullQuestion) {
        if questions.add(question) { threads.look(answerWaiting) }
    }

    private func answerWaiting() {
        answer(questions.take().filter { $0.isWanted() })
        if questions.isMoreWaiting() { threads.look(answerWaiting) }
    }

    /// For what the devices may read now: the one place where streams are filtered. Equal questions of readers with equal rights have
    /// one answer.
    private func answer(_ asked: [PullQuestion]) {
        guard !asked.isEmpty else { return }
        do {
            let rights = try store.readingRights(of: Set(asked.map(\.fingerprint)))
            for (key, questions) in Self.equal(asked, rights) {
                guard let key else { PullQuestion.tell(questions, .refused(.notEnrolled)); continue }
                answer(questions, key, at: rights.standings.head)
            }
        } catch {
            PullQuestion.tell(asked, failed(error))
        }
    }

    /// The questions by what is asked with which rights; nil stands for devices without any.
    private static func equal(_ asked: [PullQuestion], _ rights: ReadingRights) -> [DeltaCache.Key?: [PullQuestion]] {
        let alike = Dictionary(grouping: asked) { question in
            rights.permission(of: question.fingerprint).map { DeltaCache.Key(request: question.request, permission: $0) }
        }
        return alike.reduce(into: [:]) { equal, alike in
            equal[alike.key?.reduced(to: rights.streams, changedAtHead: rights.changedAtHead), default: []] += alike.value
        }
    }

    /// What has to be read holds nobody else up, and nothing is read for those who are gone. Where the head has moved since the rights were looked at, they are looked at again:
    /// what came under newer rights is not read under older ones.
    private func answer(_ questions: [PullQuestion], _ key: DeltaCache.Key, at head: HeadState) {
        if let known = cache.known(key, at: head, askedBy: questions.count) {
            return tell(questions) { try piece(known) }
        }
        threads.read { [self] in
            guard questions.contains(where: { $0.isWanted() }) else { return }
            tell(questions) {
                try cache.step(for: key, at: head, askedBy: questions.count) {
                    try store.readDelta(key.request, at: head, mayRead: key.permission.mayRead)
                }.map(piece)
            }
        }
    }

    /// Asks again where there is no answer.
    private func tell(_ questions: [PullQuestion], _ body: () throws -> Piece?) {
        if let answer = answer(body) { return PullQuestion.tell(questions, answer) }
        for question in questions { read(question) }
    }

    private func answer(_ body: () throws -> Piece?) -> Piece? {
        do {
            return try body()
        } catch let refusal as DeltaRefusal {
            return .refused(ErrorMessage(refusal))
        } catch {
            return failed(error)
        }
    }

    private func failed(_ error: any Error) -> Piece {
        logger.error("a pull failed", metadata: ["error": "\(error)"])
        return .refused(.serverFailed)
    }

    private func piece(_ read: DeltaStep) throws -> Piece {
        guard read.next.streams.count <= Caps.streamsOfPull else {
            return .refused(.tooManyStreams(read.next.streams.count))
        }
        let end = try read.completion.map { completion in
            try Complete(
                checkpoint: signer.sign(completion.head, now: clock.now()), proofs: completion.proofs,
                extensions: completion.commit.map(Extensions.commit) ?? .none)
        }
        let outline = try read.outline.map { try Outline(head: read.head, entries: $0) }
        let next = end == nil ? read.next : read.next.following(read.head)
        return Piece(step: .piece(outline: outline, windows: read.windows, end: end), next: next)
    }
}

extension ReadingRights {
    /// Nil if the device is unknown or was revoked.
    fileprivate func permission(of fingerprint: Hash32) -> ReadPermission? {
        standings.allowed(fingerprint).map { device in
            ReadPermission(
                role: device.person.role, open: openStreams, granted: device.person.grants, person: device.person.name,
                teams: teams.joined(by: device.person.name))
        }
    }
}

extension DeltaRequest {
    init(_ request: PullRequest) {
        self.init(
            epoch: request.epoch.rawValue == 0 ? nil : request.epoch, streams: request.streams, patterns: request.patterns,
            highestHead: request.highestHead)
    }

    /// What a reader asks next that has everything up to this head.
    func following(_ head: AlmanacModel.Sequence) -> DeltaRequest {
        var next = self
        next.streams = streams.map { StreamBase(stream: $0.stream, base: head, position: Position(after: head)) }
        return next
    }
}

extension ErrorMessage {
    fileprivate static func tooManyStreams(_ count: Int) -> ErrorMessage {
        refusal(.busy, "the pull has \(count) streams, and one pull has at most \(Caps.streamsOfPull): name fewer")
    }

    init(_ refusal: DeltaRefusal) {
        self =
            switch refusal {
            case .streamUnknown(let stream): .refusal(.streamUnknown, "there is no stream \(stream), or not for this reader")
            case .behind(let head):
                .refusal(.behind, "this server has \(head) and the client more", fault: .sender, retry: .elsewhere)
            case .epochMismatch(let epoch): .refusal(.epochMismatch, "this server's epoch is \(epoch)")
            case .baseTooOld(let stream, let horizon):
                .refusal(.baseTooOld, "this server knows the changes of \(stream) since \(horizon) only", retry: .elsewhere)
            }
    }
}
