import Testing

@testable import AlmanacWire

@Suite struct TruncationTests {
    /// Cut at any byte, a thing is refused; where what remains is whole by itself, it is what those bytes mean.
    @Test(arguments: VectorFile.names)
    func everyVectorIsCutAtEveryByte(name: String) throws {
        for vector in try VectorFile.read(name).good where vector.isDecodable {
            let bytes = try vector.bytes
            for count in bytes.indices {
                let cut = Array(bytes.prefix(count))
                do {
                    let decoded = try VectorDecoder.decode(vector.type, cut)
                    #expect(Self.isWholeByItself(vector.type), "\(vector.name), cut to \(count) bytes, is accepted")
                    #expect(decoded.encoded == cut, "\(vector.name), cut to \(count) bytes")
                } catch {
                    #expect(!error.description.isEmpty)
                }
            }
        }
    }

    /// Values without a length of their own.
    private static func isWholeByItself(_ type: String) -> Bool {
        ["value 4", "value 8"].contains(type) || type.hasPrefix("value 11") || type.hasPrefix("value 255")
    }
}
