import AlmanacCrypto
import AlmanacModel
import AlmanacReplica
import AlmanacWire
import NIOCore

/// A spool as it may stand on a disk.
struct SpoolFile {
    private(set) var bytes: [UInt8]
    /// How many windows stand in it before anything else; nil where nobody knows.
    private(set) var windowCount: Int?

    static func key() throws -> Spool.Key {
        Spool.Key(dataset: try Samples.dataset(), epoch: Epoch(Samples.epoch), base: .zero)
    }

    init(whole bytes: [UInt8]) { self.bytes = bytes }

    init(choosing choices: inout Choices) throws {
        bytes = try Self.head()
        var (isWhole, isTorn, count) = (true, false, 0)
        while !choices.isEmpty, !isTorn, bytes.count < 1 << 20 {
            let payload = try Self.payload(&choices)
            isWhole = isWhole && payload.isWindow
            switch try append(payload.bytes, &choices) {
            case .whole: break
            case .wrong: isWhole = false
            case .torn: (isWhole, isTorn) = (false, true)
            }
            if isWhole { count += 1 }
        }
        windowCount = count
    }

    /// As the file begins whose key is ``key()``.
    private static func head() throws -> [UInt8] {
        var writer = WireWriter()
        writer.fixed(Array("almanac spool 1\n".utf8))
        writer.fixed(try Samples.dataset())
        writer.varint(Samples.epoch)
        writer.varint(0)
        return writer.bytes
    }

    private static func payload(_ choices: inout Choices) throws -> (bytes: [UInt8], isWindow: Bool) {
        if choices.rarely() {
            let bytes = choices.bytes(atMost: 255)
            return (bytes, (try? Window.decode(payload: ByteBuffer(bytes: bytes))) != nil)
        }
        let head = 1 + UInt64(choices.index(below: 16))
        let window = try Samples.window(choices.stream(), base: 0, head: head, id: 1 + Int64(choices.byte()))
        return (Array(window.payload.readableBytesView), true)
    }

    /// How a window came to stand there.
    private enum Appended {
        case whole
        /// With one wrong bit.
        case wrong
        /// Without its end.
        case torn
    }

    /// Behind its length and its hash.
    private mutating func append(_ payload: [UInt8], _ choices: inout Choices) throws -> Appended {
        let length = UInt32(clamping: payload.count)
        var piece = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: length >> $0) }
        piece += try SHA256.hash(payload).bytes.prefix(8) + payload
        defer { bytes += piece }
        if choices.rarely() {
            piece[choices.index(below: min(piece.count, 256))] ^= 1 << (choices.byte() & 7)
            return .wrong
        }
        guard choices.rarely() else { return .whole }
        piece.removeLast(1 + choices.index(below: min(piece.count, 256)))
        return .torn
    }
}
