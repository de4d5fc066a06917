import AlmanacModel
import AlmanacReplica
import AlmanacSync
import AlmanacTransport
import AlmanacWire
import Logging
import NIOCore

/// What is done off the event loop.
extension ConnectionHandler {
    // MARK: Who is there

    func admit(_ completed: TLSHandshakeCompleted, _ context: ChannelHandlerContext) {
        let key: PeerKey
        do {
            key = try PeerKey(completed.peer)
        } catch {
            return handle(.refused(.refusal(.notAllowed, "the certificate cannot be read")))
        }
        let handler = NIOLoopBound(self, eventLoop: context.eventLoop)
        backend.threads.look(on: context.eventLoop) { [backend] in try backend.admit(key) }
            .whenComplete { handler.value.admitted($0, certificateEnd: completed.certificateEnd) }
    }

    private func admitted(_ result: Result<Backend.Admission, any Error>, certificateEnd: Int64?) {
        switch result {
        case .success(.admitted(let access, let device)):
            self.device = device
            if let device { register(device, access, certificateEnd) }
            handle(.opened(access, access.level == .full ? device?.person.role : nil))
        case .success(.refused(let error)): handle(.refused(error))
        case .failure(let error):
            backend.logger.error("the device table cannot be read", metadata: ["error": "\(error)"])
            handle(.refused(.serverFailed))
        }
        messages.release()
    }

    /// Who has nothing by its certificate loses nothing when that ends.
    private func register(_ device: Device, _ access: Access, _ certificateEnd: Int64?) {
        guard let channel else { return }
        let end = access.level == .full ? certificateEnd : nil
        connections.admit(Admittee(fingerprint: device.fingerprint, certificateEnd: end), on: channel)
    }

    // MARK: Pulls

    func beginPull(_ exchange: ExchangeID, _ request: PullRequest, _ context: ChannelHandlerContext) {
        pulls[exchange] = DeltaRequest(request)
        accounts[exchange] = PullAccount()
        readNext(exchange, context)
    }

    func readNext(_ exchange: ExchangeID, _ context: ChannelHandlerContext) {
        guard let request = pulls[exchange], let device else { return }
        let handler = NIOLoopBound(self, eventLoop: context.eventLoop)
        backend.read(
            PullQuestion(
                request: request, fingerprint: device.fingerprint, eventLoop: context.eventLoop,
                isWanted: { [presence] in presence.isHere }
            ) {
                handler.value.didRead($0, exchange)
            })
    }

    /// The outline comes with it, as if this head were a new one.
    func readAgain(_ exchange: ExchangeID, _ context: ChannelHandlerContext) {
        pulls[exchange]?.outlinedHead = nil
        readNext(exchange, context)
    }

    /// The machine asks for no second piece, and for nothing else in this exchange, before this one is back.
    private func didRead(_ piece: Backend.Piece, _ exchange: ExchangeID) {
        if case .refused(let error) = piece.step { backend.metrics.pullsRefused.add(error.code.description) }
        if var next = piece.next, let patterns = pulls[exchange]?.patterns {
            next.patterns = patterns
            pulls[exchange] = next
            accounts[exchange]?.note(next.streams.map(\.stream))
        }
        handle(.step(exchange, piece.step))
    }

    // MARK: Answers

    func enrol(_ exchange: ExchangeID, _ request: Enrol, _ context: ChannelHandlerContext) {
        let (address, now) = (PeerAddress(context.remoteAddress), Instant(context.eventLoop.now))
        if let wait = backend.enrolments.attempt(address, now: now) {
            backend.metrics.enrolments.add("limited")
            backend.refusals.note(
                "enrolments refused: limits.enrolments were tried from one address within a minute",
                peer: address?.description ?? "unknown", now: now)
            return handle(.answered(exchange, .error(.tooManyEnrolments(wait: wait))))
        }
        let answer = backend.threads.write(on: context.eventLoop) { [backend] in try backend.enrol(request) }
        answer.whenComplete { [metrics = backend.metrics] in metrics.countEnrolment($0) }
        self.answer(exchange, context, answer)
    }

    func renew(_ exchange: ExchangeID, _ request: Renew, _ context: ChannelHandlerContext) {
        guard let device else { return }
        answer(
            exchange, context,
            backend.threads.write(on: context.eventLoop) { [backend] in try backend.renew(request, for: device.fingerprint) })
    }

    func apply(_ exchange: ExchangeID, _ push: Push, _ context: ChannelHandlerContext) {
        guard let device else { return }
        let handler = NIOLoopBound(self, eventLoop: context.eventLoop)
        backend.apply(
            WaitingPush(push: push, device: device, lane: pushLane, eventLoop: context.eventLoop) { message in
                handler.value.handle(.answered(exchange, message))
            })
    }

    func sendChain(_ exchange: ExchangeID, _ context: ChannelHandlerContext) {
        answer(exchange, context, context.eventLoop.makeCompletedFuture { try backend.delegationChain() })
    }

    private func answer(_ exchange: ExchangeID, _ context: ChannelHandlerContext, _ answer: EventLoopFuture<Message>) {
        let handler = NIOLoopBound(self, eventLoop: context.eventLoop)
        answer.whenComplete { handler.value.answered(exchange, $0) }
    }

    private func answered(_ exchange: ExchangeID, _ result: Result<Message, any Error>) {
        switch result {
        case .success(let message): handle(.answered(exchange, message))
        case .failure(let error):
            backend.logger.error("a request failed", metadata: ["error": "\(error)"])
            handle(.answered(exchange, .error(.serverFailed)))
        }
    }
}
