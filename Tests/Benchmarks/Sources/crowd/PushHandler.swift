import AlmanacModel
import AlmanacWire
import NIOCore

/// Sends sheets and counts receipts.
final class PushHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private var waiting: ArraySlice<Push>
    private var open = 0
    private var next: UInt16 = 1
    private let done: EventLoopPromise<Void>
    private var decoder = FrameDecoder(from: .server)

    /// The server said something else, or that an operation was rejected.
    struct Refused: Error, CustomStringConvertible {
        let description: String
    }

    init(_ sheets: [Push], _ done: EventLoopPromise<Void>) {
        waiting = sheets[...]
        self.done = done
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        decoder.push(unwrapInboundIn(data))
        do {
            while let received = try decoder.next() {
                if case .frame(let frame) = received { try take(frame, context) }
            }
        } catch {
            done.fail(error)
        }
    }

    func channelInactive(context: ChannelHandlerContext) { done.fail(Refused(description: "the connection was lost")) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { done.fail(error) }

    private func take(_ frame: Frame, _ context: ChannelHandlerContext) throws {
        switch try Message.decode(frame) {
        case .serverHello:
            decoder.state = .authenticated
            write(.clientHello(try ClientHello(software: Text("crowd/1"))), .connection, context)
            sendMore(context)
        case .receipts(let receipts):
            for receipt in receipts.sheet.statement.receipts {
                if case .rejected(let rejection) = receipt.outcome { throw Refused(description: rejection.sentence.string) }
            }
            open -= 1
            if waiting.isEmpty, open == 0 { return done.succeed() }
            sendMore(context)
        case .error(let error): throw Refused(description: error.sentence.string)
        default: break
        }
    }

    private func sendMore(_ context: ChannelHandlerContext) {
        while open < Caps.openExchanges, let push = waiting.popFirst() {
            write(.push(push), ExchangeID(next), context)
            next += 1
            open += 1
        }
        context.flush()
    }

    private func write(_ message: Message, _ exchange: ExchangeID, _ context: ChannelHandlerContext) {
        var bytes = ByteBuffer()
        message.encode(exchange: exchange).write(into: &bytes)
        context.write(wrapOutboundOut(bytes), promise: nil)
    }
}
