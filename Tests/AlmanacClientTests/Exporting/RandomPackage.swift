import TestSupport
import Foundation

@testable import AlmanacClient

/// A data package with values of every type, and texts that formats like to break, written by its own hand.
struct RandomPackage {
    static let columns = [
        "places": ["key", "name", "remark", "parent", "aliases"],
        "figures": ["key", "place", "region", "year", "value", "number", "is_final", "day", "moment", "uid"],
    ]

    private var generator: SeededGenerator
    private static let null = "\u{2205}"

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    mutating func write(to folder: TemporaryDirectory) throws {
        let keys = (0..<generator.number(5...40)).map { index in
            generator.pick(["", "=", "+", "'-", "@", "ö ", "NULL"]) + "\(index)"
        }
        try folder.write(Self.descriptor, to: "datapackage.json")
        try folder.write(csv("places", keys.indices.map { place(keys, $0) }), to: "places.csv")
        try folder.write(csv("figures", (0..<generator.number(5...60)).map { figure("f\($0)", keys) }), to: "figures.csv")
    }

    /// Refers to places before it alone, so that there are no circles.
    private mutating func place(_ keys: [String], _ index: Int) -> [String?] {
        let parent = index > 0 && generator.chance(2) ? keys[generator.number(0...(index - 1))] : nil
        return [keys[index], text(), generator.chance(3) ? nil : text(), parent, generator.chance(4) ? nil : set()]
    }

    private mutating func figure(_ key: String, _ keys: [String]) -> [String?] {
        var values = [key, generator.pick(keys), generator.pick(["Asia", "North & South", "=Île"])]
        values += [
            String(format: "%04d", generator.number(0...9_999)), decimal(), integer(), generator.pick(["true", "false"]),
            String(format: "%04d-%02d-%02d", generator.number(1...9_999), generator.number(1...12), generator.number(1...28)),
            String(format: "2024-02-29T%02d:59:59.%03dZ", generator.number(0...23), generator.number(0...999)),
            UUID(uuid: uuid()).uuidString.lowercased(),
        ]
        return values.enumerated().map { index, value in index > 2 && generator.chance(5) ? nil : value }
    }

    private mutating func text() -> String {
        let texts = [
            "", "=1+1", "+41", "-1", "@x", "\t=", "\r=", "'", "''=2", "'plain", "NULL", "NULL2", "a,b", "\"", "\"\u{301}x",
            "two\r\nlines", "\n", "\u{1b}[31m", "\u{202e}abc", "東京", "e\u{301}", "\u{e9}", "\u{feff}bom", " both ", "\u{b}\u{7f}",
            "\\N", "null", "007", "\u{85}\u{2028}", "🗾",
        ]
        return generator.chance(3) ? generator.pick(texts) + generator.pick(texts) : generator.pick(texts)
    }

    private mutating func set() -> String {
        let elements = Set(
            (0..<generator.number(0...4)).map { _ in "\(text())\(generator.number(0...99))" }.map { Array($0.utf8) })
        return JSONValue.array(elements.map { .string(String(decoding: $0, as: UTF8.self)) }).text
    }

    private mutating func decimal() -> String {
        let extremes = ["999999999999999e22", "-999999999999999e-22", "0", "1e-22", "-1e22", "0.1", "123456789.012345"]
        return generator.chance(3)
            ? generator.pick(extremes) : "\(generator.number(-999_999...999_999))e-\(generator.number(0...9))"
    }

    private mutating func integer() -> String {
        generator.chance(3) ? generator.pick(["\(Int64.min)", "\(Int64.max)", "0"]) : "\(generator.number(-5_000...5_000))"
    }

    private mutating func uuid() -> uuid_t {
        let bytes = generator.bytes(16)
        return (
            bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7], bytes[8], bytes[9], bytes[10],
            bytes[11], bytes[12], bytes[13], bytes[14], bytes[15]
        )
    }

    private func csv(_ name: String, _ rows: [[String?]]) -> String {
        let lines = [Self.columns[name, default: []]] + rows.map { $0.map { $0 ?? Self.null } }
        return lines.map { line in line.map(quoted).joined(separator: ",") + "\n" }.joined()
    }

    private func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars { quoted += scalar == "\"" ? "\"\"" : String(scalar) }
        return quoted + "\""
    }

    private static let descriptor = """
        {"name": "random", "title": "Random", "licenses": [{"name": "CC0-1.0"}], "almanac:openStreams": ["figures/*"], "resources": [
        {"name": "places", "path": "places.csv", "sources": [{"title": "None"}], "schema": {
        "missingValues": ["\(null)"], "primaryKey": "key",
        "foreignKeys": [{"fields": "parent", "reference": {"resource": "", "fields": "key"}}],
        "fields": [{"name": "key", "almanac:id": 7}, {"name": "name", "title": "Its name", "constraints": {"required": true}},
        {"name": "remark", "almanac:merge": "text"}, {"name": "parent", "almanac:acyclic": true},
        {"name": "aliases", "type": "array"}]}},
        {"name": "figures", "path": "figures.csv", "almanac:id": 99, "almanac:stream": "figures", "almanac:partition": "region",
        "schema": {"missingValues": ["\(null)"], "primaryKey": "key",
        "foreignKeys": [{"fields": "place", "reference": {"resource": "places", "fields": "key"}}],
        "fields": [{"name": "key"}, {"name": "place", "constraints": {"required": true}}, {"name": "region"},
        {"name": "year", "type": "year"}, {"name": "value", "type": "number"}, {"name": "number", "type": "integer"},
        {"name": "is_final", "type": "boolean"}, {"name": "day", "type": "date"}, {"name": "moment", "type": "datetime"},
        {"name": "uid", "type": "string", "format": "uuid"}]}}
        ]}
        """
}
