extension GeneratedDataset {
    /// The deals as NDJSON, one object a line with the names of its fields; null fields are left out. The record id and the sequence
    /// are in it too, the organisation as its id: what a plain protocol that says as much would send.
    public func dealsAsNDJSON(sequence: UInt64) -> [UInt8] {
        var bytes: [UInt8] = []
        for number in 0..<dealCount { bytes.append(contentsOf: Self.line(deal(number), sequence: sequence).utf8) }
        return bytes
    }

    private static func line(_ deal: Deal, sequence: UInt64) -> String {
        var line = #"{"id":\#(deal.number + 1),"sequence":\#(sequence),"key":"\#(deal.key)","name":"\#(deal.name)""#
        line += #","organisation":\#(deal.organisation + 1),"kind":"\#(deal.kind)""#
        if let amount = deal.amount { line += #","amount":\#(amount)"# }
        line += #","currency":"\#(deal.currency)""#
        if let announced = deal.announced { line += #","announced":"\#(announced)""# }
        line += #","updated":"\#(deal.updated)","investors":\#(deal.investors)"#
        // Generated text has nothing that JSON escapes.
        if let note = deal.note { line += #","note":"\#(note)""# }
        return line + "}\n"
    }
}
