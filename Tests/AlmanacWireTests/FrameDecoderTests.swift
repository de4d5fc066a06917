import TestSupport
import NIOCore
import Testing

@testable import AlmanacWire

@Suite struct FrameDecoderTests {
    private static let unknown = Frame(
        type: 99, isLast: true, exchange: ExchangeID(9), payload: ByteBuffer(repeating: 1, count: 5_000))

    private static func frames(from side: Side) throws -> [Frame] {
        let messages = try MessageVectors.messages().filter { $0.2.type.isSent(by: side) }
        return messages.map { $0.2.encode(exchange: ExchangeID($0.1)) } + [unknown]
    }

    private static func expected(_ frames: [Frame]) -> [ReceivedFrame] {
        frames.map { frame in
            frame == unknown
                ? .unknown(type: 99, isLast: true, exchange: ExchangeID(9), byteCount: 5_000) : .frame(frame)
        }
    }

    private static func bytes(_ frames: [Frame]) -> ByteBuffer {
        var buffer = ByteBuffer()
        for frame in frames { frame.write(into: &buffer) }
        return buffer
    }

    private static func pull(_ decoder: inout FrameDecoder) throws -> [ReceivedFrame] {
        var received: [ReceivedFrame] = []
        while let frame = try decoder.next() { received.append(frame) }
        return received
    }

    @Test(arguments: Side.allCases)
    func whole(side: Side) throws {
        let frames = try Self.frames(from: side)
        var decoder = FrameDecoder(from: side, state: .authenticated)
        decoder.push(Self.bytes(frames))
        #expect(try Self.pull(&decoder) == Self.expected(frames))
        #expect(!decoder.isWithinFrame)
        #expect(decoder.bufferedByteCount == 0)
    }

    @Test(arguments: Side.allCases)
    func byteByByte(side: Side) throws {
        let frames = try Self.frames(from: side)
        var decoder = FrameDecoder(from: side, state: .authenticated)
        var received: [ReceivedFrame] = []
        for byte in Self.bytes(frames).readableBytesView {
            decoder.push(ByteBuffer(bytes: [byte]))
            received += try Self.pull(&decoder)
        }
        #expect(received == Self.expected(frames))
        #expect(!decoder.isWithinFrame)
    }

    @Test(arguments: 1...40)
    func inRandomPieces(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let side: Side = generator.chance(2) ? .client : .server
        var frames = try Self.frames(from: side)
        frames.shuffle(using: &generator)
        var (decoder, received) = (FrameDecoder(from: side, state: .authenticated), [ReceivedFrame]())
        var bytes = Self.bytes(frames)
        while bytes.readableBytes > 0 {
            let count = min(bytes.readableBytes, generator.number(0...(generator.chance(4) ? 3_000 : 40)))
            let piece = bytes.readSlice(length: count)
            decoder.push(try #require(piece))
            if generator.chance(3) { received += try Self.pull(&decoder) }
        }
        received += try Self.pull(&decoder)
        #expect(received == Self.expected(frames), "seed \(seed)")
    }

    @Test func row1AnUnknownPayloadIsNotKept() throws {
        var decoder = FrameDecoder(from: .client, state: .authenticated)
        decoder.push(ByteBuffer(bytes: [0, 1, 0, 0, 200, 0, 0, 1]))
        #expect(try decoder.next() == nil)
        for _ in 0..<65_535 {
            decoder.push(ByteBuffer(bytes: [0]))
            #expect(decoder.bufferedByteCount == 0)
        }
        #expect(try decoder.next() == nil)
        #expect(decoder.isWithinFrame)
        decoder.push(ByteBuffer(bytes: [0, 0, 0, 0, 0, 10, 1, 0, 2]))
        let exchange = ExchangeID(1)
        #expect(try decoder.next() == .unknown(type: 200, isLast: false, exchange: exchange, byteCount: 65_536))
        let cancel = Frame(type: 10, isLast: true, exchange: ExchangeID(2), payload: ByteBuffer())
        #expect(try decoder.next() == .frame(cancel))
        #expect(!decoder.isWithinFrame)
    }

    @Test func anErrorStays() throws {
        var decoder = FrameDecoder(from: .client)
        decoder.push(ByteBuffer(bytes: [0, 0, 0, 0, 10, 2, 0, 1]))
        #expect(throws: WireError.badFlags(2)) { try decoder.next() }
        decoder.push(Self.bytes([Self.unknown]))
        #expect(throws: WireError.badFlags(2)) { try decoder.next() }
        #expect(decoder.bufferedByteCount == 0)
    }

    @Test func capsFollowTheState() throws {
        let pull = Frame(type: 6, isLast: true, exchange: ExchangeID(1), payload: ByteBuffer(repeating: 0, count: 8_193))
        var decoder = FrameDecoder(from: .client)
        decoder.push(Self.bytes([pull]))
        #expect(throws: WireError.tooLarge("", cap: 0)) { try decoder.next() }
        decoder = FrameDecoder(from: .client)
        decoder.state = .authenticated
        decoder.push(Self.bytes([pull]))
        #expect(try decoder.next() == .frame(pull))
    }

    @Test func payloadsDoNotChangeWhenMoreComes() throws {
        let frames = try Self.frames(from: .server)
        var decoder = FrameDecoder(from: .server, state: .authenticated)
        var received: [ReceivedFrame] = []
        var bytes = Self.bytes(frames)
        while let piece = bytes.readSlice(length: min(1_000, max(1, bytes.readableBytes))) {
            decoder.push(piece)
            received += try Self.pull(&decoder)
        }
        #expect(received == Self.expected(frames))
    }
}
