import AlmanacPackage

/// A text of JSON.
enum JSONFuzzing {
    static func run(_ bytes: [UInt8]) throws {
        guard let value = try? JSONParser.parse(bytes) else { return }
        let text = value.description
        try Finding.unless((try? JSONParser.parse(Array(text.utf8))) == value, "the canonical text says something else: \(text)")
        let pretty = value.pretty
        try Finding.unless(
            (try? JSONParser.parse(Array(pretty.utf8))) == value, "the text for people says something else: \(pretty)")
    }
}
