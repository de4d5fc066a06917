import AlmanacModel

extension JSON {
    /// The text of a descriptor for people: two spaces a level, members in the order in which descriptors are read, those that are
    /// not known behind them by the bytes of their names. The same value has the same text, always.
    package var pretty: String {
        var text = ""
        write(to: &text, indent: "\n")
        return text + "\n"
    }

    private static let order: [String: Int] = {
        let names = [
            "name", "title", "description", "version", "id", "keywords", "homepage", "created", "licenses", "sources",
            "contributors", "type", "path", "format", "mediatype", "encoding", "constraints", "almanac:dataset",
            "almanac:datasetName", "almanac:epoch", "almanac:sequence", "almanac:signed", "almanac:verified", "almanac:scrubbed",
            "almanac:software", "almanac:streams", "almanac:openStreams", "almanac:id", "almanac:stream", "almanac:partition",
            "almanac:merge", "almanac:neutralised", "resources", "schema", "resource", "fields", "missingValues", "primaryKey",
            "foreignKeys",
        ]
        return Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    }()

    /// What contains nothing further stays on its line.
    private var isShort: Bool {
        switch self {
        case .array(let elements): elements.allSatisfy(\.isScalar)
        case .object(let members): members.isEmpty
        default: true
        }
    }

    private var isScalar: Bool {
        switch self {
        case .array, .object: false
        default: true
        }
    }

    private func write(to text: inout String, indent: String) {
        let inner = indent + "  "
        switch self {
        case .array(let elements) where isShort:
            text += "[\(elements.map(\.description).joined(separator: ", "))]"
        case .array(let elements):
            text += "["
            for (index, element) in elements.enumerated() {
                text += (index == 0 ? "" : ",") + inner
                element.write(to: &text, indent: inner)
            }
            text += indent + "]"
        case .object(let members) where !isShort:
            text += "{"
            for (index, member) in members.sorted(by: Self.precedes).enumerated() {
                text += (index == 0 ? "" : ",") + inner + JSON.text(member.key).description + ": "
                member.value.write(to: &text, indent: inner)
            }
            text += indent + "}"
        default: text += description
        }
    }

    private static func precedes(_ first: (key: Text, value: JSON), _ second: (key: Text, value: JSON)) -> Bool {
        let ranks = (order[first.key.string] ?? .max, order[second.key.string] ?? .max)
        return ranks.0 == ranks.1 ? first.key < second.key : ranks.0 < ranks.1
    }
}
