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

    func admit(_ certificate: PeerCertificate, _ context: ChannelHandlerContext) {
        let key: PeerKey
        do {
            key = try PeerKey(certificate)
        } catch {
            return handle(.refused(.refusal(.notAllowed, "the certificate cannot be read")))
        }
        let handler = NIOLoopBound(self, eventLoop: context.eventLoop)
        backend.threads.read(on: context.eventLoop) { [backend] in try backend.admit(key) }
            .whenComplete { handler.value.admitted($0) }
    }

    private func admitted(_ result: Result<Backend.Admission, any Error>) {
        switch result {
        case .success(.admitted(let access, let device)):
            self.device = device
            handle(.opened(access))
        case .success(.refused(let error)): handle(.refused(error))
        case .failure(let error):
            backend.logger.error("the device table cannot be read", metadata: ["error": "\(error)"])
            handle(.refused(.serverFailed))
        }
        messages.release()
    }

    // MARK: Pulls

    func beginPull(_ exchange: ExchangeID, _ request: PullRequest, _ context: ChannelHandlerContext) {
        pulls[exchange] = DeltaRequest(request)
        readNext(exchange, context)
    }

    func readNext(_ exchange: ExchangeID, _ context: ChannelHandlerContext) {
        guard let request = pulls[exchange], let device else { return }
        let handler = NIOLoopBound(self, eventLoop: context.eventLoop)
        backend.threads.read(on: context.eventLoop) { [backend] in backend.read(request, for: device.fingerprint) }
            .whenSuccess { handler.value.didRead($0, exchange) }
    }

    /// The machine asks for no second piece, and for nothing else in this exchange, before this one is back.
    private func didRead(_ piece: Backend.Piece, _ exchange: ExchangeID) {
        if let next = piece.next, pulls[exchange] != nil { pulls[exchange] = next }
        handle(.step(exchange, piece.step))
    }

    // MARK: Answers

    func enrol(_ exchange: ExchangeID, _ request: Enrol, _ context: ChannelHandlerContext) {
        answer(exchange, context, backend.threads.write(on: context.eventLoop) { [backend] in try backend.enrol(request) })
    }

    func renew(_ exchange: ExchangeID, _ request: Renew, _ context: ChannelHandlerContext) {
        guard let device else { return }
        answer(
            exchange, context,
            backend.threads.read(on: context.eventLoop) { [backend] in try backend.renew(request, for: device.fingerprint) })
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
