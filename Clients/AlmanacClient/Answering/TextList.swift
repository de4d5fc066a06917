import Foundation

/// Texts that stand in one cell, as a JSON array.
struct TextList {
    let elements: [String]

    /// Nil for anything but an array of texts.
    init?(json: String) {
        guard let elements = try? JSONDecoder().decode([String].self, from: Data(json.utf8)) else { return nil }
        self.elements = elements
    }

    var json: JSONValue { .array(elements.map { .string($0) }) }
}
