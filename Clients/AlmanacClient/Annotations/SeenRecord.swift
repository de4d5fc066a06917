import AlmanacModel
import AlmanacReplica
import Foundation

/// What the author of an annotation saw in a whole record: a JSON object of its fields' values as texts, by name.
enum SeenRecord {
    /// In bytes; of larger records only the number of their last change is kept.
    static let limit = 8_192
    /// In bytes; of larger values of one field likewise.
    static let fieldLimit = 32_768

    /// With sorted names. Nil where it would be larger than ``limit``.
    static func text(of values: [String: String]) -> String? {
        let members = values.sorted { Text($0.key) < Text($1.key) }.map { JSONMember($0.key, .string($0.value)) }
        let text = JSONValue.object(members).text
        return text.utf8.count <= limit ? text : nil
    }

    /// Nil for what is no such object. Another program may have written numbers, truth values and arrays.
    static func values(in text: String) -> [String: String]? {
        guard let seen = try? JSONDecoder().decode([String: SeenValue].self, from: Data(text.utf8)) else { return nil }
        return seen.compactMapValues(\.text)
    }

    /// A value, however it is written.
    private struct SeenValue: Decodable {
        let text: String?

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                self.text = text
            } else if let number = try? container.decode(Int64.self) {
                text = String(number)
            } else if let number = try? container.decode(Double.self) {
                text = CellText.real(number)
            } else if let value = try? container.decode(Bool.self) {
                text = value ? "true" : "false"
            } else if let elements = try? container.decode([String].self) {
                text = elements.joined(separator: ", ")
            } else {
                text = nil
            }
        }
    }
}
