import AlmanacModel
import NIOCore
import Testing

@testable import AlmanacWire

@Suite struct LengthTests {
    /// The boundaries of row 1 of the threats.
    static func boundaries(_ cap: UInt64?) -> [UInt64] {
        let caps = cap.map { [$0 - 1, $0, $0 + 1] } ?? []
        return [0, 1] + caps + [1 << 31, 1 << 32 - 1, 1 << 63, .max]
    }

    @Test func row1LengthsOfFramesMeetTheirCaps() {
        for side in Side.allCases {
            for state in ReceiverState.allCases {
                for code in UInt8.min...UInt8.max { expectCap(code, side, state) }
            }
        }
    }

    private func expectCap(_ code: UInt8, _ side: Side, _ state: ReceiverState) {
        let type = MessageType(rawValue: code)
        guard type?.isSent(by: side) ?? true else { return }
        var cap = type?.payloadCap ?? 65_536
        if state == .beforeHello { cap = min(cap, side == .client ? 8_192 : 32_768) }
        for length in [0, 1, cap - 1, cap, cap + 1, 1 << 31, 1 << 32 - 1] where length >= 0 {
            var decoder = FrameDecoder(from: side, state: state)
            var header = ByteBuffer()
            header.writeMultipleIntegers(UInt32(length), code, UInt8(0), UInt16(1))
            decoder.push(header)
            if length > cap {
                #expect(throws: WireError.tooLarge("", cap: 0), "type \(code), length \(length)") { try decoder.next() }
            } else {
                let received = try? decoder.next()
                #expect(received != nil || length > 0, "type \(code), length \(length)")
                #expect(decoder.isWithinFrame == (length > 0), "type \(code), length \(length)")
            }
        }
    }

    @Test(arguments: LengthField.all.map(\.name))
    func row1EveryLengthMeetsItsCap(name: String) throws {
        let field = try #require(LengthField.all.first { $0.name == name })
        for length in Self.boundaries(field.cap) where length > 1 {
            let error = #expect(throws: WireError.self, "\(length)") {
                _ = try VectorDecoder.decode(field.type, field.claiming(length))
            }
            let isAboveCap = field.cap.map { length > $0 } ?? false
            if isAboveCap { #expect(error == .tooLarge("", cap: 0), "\(length)") }
            if !isAboveCap, field.cap != nil { #expect(error != .tooLarge("", cap: 0), "\(length)") }
        }
    }

    @Test(arguments: LengthField.all.map(\.name))
    func row1NothingAndLittleIsReadOrRefused(name: String) throws {
        let field = try #require(LengthField.all.first { $0.name == name })
        for length: UInt64 in [0, 1] {
            let decoded = try? VectorDecoder.decode(field.type, field.claiming(length))
            if let encoded = decoded?.encoded { #expect(encoded == field.claiming(length)) }
        }
    }

    /// In a process of its own, so that nothing else takes memory.
    @Test(.enabled(if: Memory.isMeasurable)) func row1LengthsTakeNoMemory() async {
        await #expect(processExitsWith: .success) {
            let rise = try Memory.rise {
                for field in LengthField.all {
                    for length in LengthTests.boundaries(field.cap) {
                        _ = try? VectorDecoder.decode(field.type, field.claiming(length))
                    }
                }
            }
            #expect(rise < 1_048_576)
        }
    }
}
