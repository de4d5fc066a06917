/// In which form rows are written.
public enum OutputFormat: String, CaseIterable, Sendable {
    case table, csv, json, ndjson, markdown
}
