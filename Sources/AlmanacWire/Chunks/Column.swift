import AlmanacModel

/// The values of one field in a chunk, given out row by row.
struct Column {
    let field: FieldID
    /// Nil where every row has a value.
    private let presence: Bitmap?
    private let values: [Value]
    private var given = 0

    var isAlwaysPresent: Bool { presence == nil }

    init(from body: inout WireReader, rows: Int, budget: inout ExpansionBudget) throws(WireError) {
        field = try body.fieldID("field of a column")
        let type = try body.u8("type of a column")
        guard type != 0 else { throw .unknownCode("type of a column", code: 0) }
        presence = try Self.presence(from: &body, rows: rows)
        var reader = ColumnReader(body: body, count: presence?.setCount ?? rows, budget: budget)
        values = try reader.values(of: type)
        (body, budget) = (reader.body, reader.budget)
    }

    private static func presence(from body: inout WireReader, rows: Int) throws(WireError) -> Bitmap? {
        switch try body.u8("presence of a column") {
        case 0: nil
        case 1: try Bitmap(from: &body, count: rows, "presence of a column")
        case let code: throw .unknownCode("presence of a column", code: UInt64(code))
        }
    }

    /// The rows are asked for one after the other, each once.
    mutating func next(_ row: Int) -> Value? {
        if let presence, !presence[row] { return nil }
        guard given < values.count else { return nil }
        defer { given &+= 1 }
        return values[given]
    }
}
