/// One record of a CSV file: its fields without their quotes.
public struct CSVRecord: Sendable {
    /// The line of the file on which the record begins, from 1.
    public internal(set) var line = 1
    /// The first thing that is wrong with the record's form; its fields are then not to be relied on.
    public internal(set) var problem: CSVProblem?
    /// How many fields there are; no more than ``CSVLimits/maximumColumns`` are kept.
    public internal(set) var fieldCount = 0

    var bytes: [UInt8] = []
    var ends: [Int] = []

    public init() {}

    /// The bytes of a field, or none when there is no such field.
    public func field(_ index: Int) -> ArraySlice<UInt8> {
        guard ends.indices.contains(index) else { return [] }
        return bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
    }

    /// The fields as texts.
    public var texts: [String] { ends.indices.map { String(decoding: field($0), as: UTF8.self) } }

    mutating func reset(line: Int) {
        self.line = line
        problem = nil
        fieldCount = 0
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
    }

    mutating func note(_ rule: ImportRule, line: Int) {
        if problem == nil { problem = CSVProblem(rule: rule, line: line, column: fieldCount) }
    }

    mutating func endField() {
        if fieldCount < CSVLimits.maximumColumns { ends.append(bytes.count) }
        fieldCount += 1
    }

    var currentFieldSize: Int { bytes.count - (ends.last ?? 0) }
}

/// What is wrong with the form of a record.
public struct CSVProblem: Hashable, Sendable {
    public let rule: ImportRule
    /// The line of the file, from 1.
    public let line: Int
    /// The index of the field, from 0.
    public let column: Int
}
