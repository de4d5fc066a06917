import AlmanacModel
import AlmanacReplica

/// The rows of a collection as JSON objects, one a line: null is null, a reference is the other record's key, a set is an array.
struct NDJSONExportWriter: ExportWriter {
    private let names: [String]
    private let message: Identifier?
    private let sink: TextSink
    let notes: [ExportNote] = []

    /// With `message`, each line says what it is and of which collection, as `--json` does.
    init(_ fields: [Field], message: Identifier? = nil, sink: @escaping TextSink) {
        names = fields.map(\.name.rawValue)
        self.message = message
        self.sink = sink
    }

    mutating func begin() throws {}

    mutating func row(_ values: [SnapshotValue]) throws {
        let object = JSONValue.object(zip(names, values).map { JSONMember($0, ExportedJSON.value($1)) })
        guard let message else { return try sink(object.text + "\n") }
        let members = [JSONMember("collection", .string(message.rawValue)), JSONMember("record", object)]
        try sink(JSONValue.message("record", members).text + "\n")
    }
}
