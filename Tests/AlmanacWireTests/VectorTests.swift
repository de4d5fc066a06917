import Foundation
import Testing

@testable import AlmanacWire

@Suite struct VectorTests {
    /// With `ALMANAC_WRITE_VECTORS=1` the files are written anew, and the test says so by failing.
    @Test(arguments: VectorFile.names)
    func encodersMakeTheVectors(name: String) throws {
        let made = try VectorMaker.make(name)
        if ProcessInfo.processInfo.environment["ALMANAC_WRITE_VECTORS"] == "1" {
            try made.write(name)
            Issue.record("Protocol/vectors/\(name).json was written")
        } else {
            #expect(try VectorFile.read(name) == made)
        }
    }

    @Test(arguments: VectorFile.names)
    func goodVectorsDecode(name: String) throws {
        let file = try VectorFile.read(name)
        try #require(!file.good.isEmpty)
        for vector in file.good where vector.isDecodable {
            let decoded = try VectorDecoder.decode(vector.type, try vector.bytes)
            #expect(decoded.json == vector.decoded, "\(vector.name)")
        }
    }

    @Test(arguments: VectorFile.names)
    func row4OneValueHasOneEncoding(name: String) throws {
        for vector in try VectorFile.read(name).good where vector.isDecodable {
            guard let encoded = try VectorDecoder.decode(vector.type, try vector.bytes).encoded else { continue }
            #expect(encoded == (try vector.bytes), "\(vector.name)")
        }
    }

    @Test(arguments: VectorFile.names)
    func refusedVectorsAreRefused(name: String) throws {
        for vector in try VectorFile.read(name).refused {
            let error = #expect(throws: WireError.self, "\(vector.name)") {
                _ = try VectorDecoder.decode(vector.type, try vector.bytes)
            }
            #expect(error?.name == vector.error, "\(vector.name): \(error.map(String.init(describing:)) ?? "accepted")")
        }
    }

    @Test func everyMessageHasAVector() throws {
        let types = Set(try VectorFile.read("messages").good.map { try $0.bytes[4] })
        #expect(types == Set(MessageType.allCases.map(\.rawValue)))
    }

    @Test func namesAreUnique() throws {
        let names = try VectorFile.all().map { "\($0.type): \($0.name)" }
        for (name, next) in zip(names.sorted(), names.sorted().dropFirst()) { #expect(name != next) }
    }
}
