import AlmanacReplica

/// Rows as JSON objects: an array of them, one a line (NDJSON), or the lines of `--json`.
public struct JSONWriter: RowWriter {
    /// How the objects stand together.
    public enum Shape: Sendable {
        case array
        case lines
        /// Each row inside an object that says what it is; a summary ends them.
        case messages
    }

    private let shape: Shape
    private let sink: TextSink
    private var columns: [String] = []
    private var count = 0

    public init(_ shape: Shape, sink: @escaping TextSink) {
        self.shape = shape
        self.sink = sink
    }

    public mutating func begin(_ columns: [String]) throws {
        self.columns = columns
        if shape == .array { try sink("[") }
    }

    public mutating func row(_ cells: [RawQuery.Cell]) throws {
        let object = JSONValue.object(zip(columns, cells).map { JSONMember($0, CellText.json($1)) })
        switch shape {
        case .array: try sink((count == 0 ? "\n" : ",\n") + object.text)
        case .lines: try sink(object.text + "\n")
        case .messages: try sink(JSONValue.message("row", [JSONMember("row", object)]).text + "\n")
        }
        count += 1
    }

    public mutating func end() throws {
        switch shape {
        case .array: try sink("\n]\n")
        case .lines: break
        case .messages: try sink(JSONValue.message("summary", [JSONMember("rows", .count(count))]).text + "\n")
        }
    }
}
