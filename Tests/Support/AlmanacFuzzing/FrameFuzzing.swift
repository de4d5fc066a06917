import AlmanacWire
import NIOCore

/// A connection's bytes. The first byte says whether the peer has full access at once, from its first frame on, or never, and in
/// what pieces the rest comes a second time.
enum FrameFuzzing {
    static func run(_ bytes: [UInt8], from sender: Side) throws {
        var choices = Choices(bytes)
        let (state, piece) = (choices.index(below: 3), choices.index(below: 64))
        let content = choices.remaining()
        let whole = try Reading(of: content, from: sender, access: state, piece: content.count)
        let dripped = try Reading(of: content, from: sender, access: state, piece: piece)
        try Finding.unless(whole.frames == dripped.frames, "pieces of \(piece) bytes make other frames than the whole")
        try Finding.unless(whole.error == dripped.error, "pieces of \(piece) bytes make another error than the whole")
        try Finding.unless(content.starts(with: whole.encoded), "the frames are not what was received")
        for case .frame(let frame) in whole.frames {
            try Finding.unless(
                MessageType(rawValue: frame.type)?.isSent(by: sender) == true, "type \(frame.type) came from the wrong side")
            try MessageFuzzing.check(frame)
        }
    }

    /// What a decoder makes of bytes that come in pieces.
    private struct Reading {
        private(set) var frames: [ReceivedFrame] = []
        private(set) var error: WireError?
        /// The frames again, up to the first unknown one, whose payload is gone.
        private(set) var encoded: [UInt8] = []

        init(of bytes: [UInt8], from sender: Side, access: Int, piece: Int) throws {
            var decoder = FrameDecoder(from: sender, state: access == 0 ? .authenticated : .beforeHello)
            var rest = bytes[...]
            while !rest.isEmpty, error == nil {
                decoder.push(ByteBuffer(bytes: rest.prefix(max(1, piece))))
                rest = rest.dropFirst(max(1, piece))
                do throws(WireError) {
                    while let frame = try decoder.next() {
                        frames.append(frame)
                        if access == 1 { decoder.state = .authenticated }
                    }
                } catch { self.error = error }
                try Finding.unless(
                    decoder.bufferedByteCount < Frame.headerByteCount + Caps.windowPayload, "more than one frame is kept")
            }
            encode()
        }

        private mutating func encode() {
            var buffer = ByteBuffer()
            loop: for received in frames {
                switch received {
                case .frame(let frame): frame.write(into: &buffer)
                case .unknown: break loop
                }
            }
            encoded = Array(buffer.readableBytesView)
        }
    }
}
