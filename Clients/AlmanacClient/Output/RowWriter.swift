import AlmanacReplica

/// A format of query results: gets the columns once, then each row, then the end.
public protocol RowWriter {
    mutating func begin(_ columns: [String]) throws
    mutating func row(_ cells: [RawQuery.Cell]) throws
    mutating func end() throws
}

/// Where text goes: standard output, or a test's memory.
public typealias TextSink = (String) throws -> Void
