import Foundation

extension ServerStatus {
    /// What the status socket says: one JSON object on several lines.
    package func encoded() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return [UInt8](try encoder.encode(self)) + [UInt8(ascii: "\n")]
    }

    /// Reads what a status socket said.
    ///
    /// - Throws: ``StatusRequest/Failure`` for anything else.
    package static func decode(_ answer: [UInt8]) throws -> ServerStatus {
        do {
            return try JSONDecoder().decode(ServerStatus.self, from: Data(answer))
        } catch {
            throw StatusRequest.Failure(description: "a server runs there and says what this version does not understand")
        }
    }
}
