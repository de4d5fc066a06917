import AlmanacModel

extension Organisation {
    public var id: RecordID? { RecordID(Int64(number) + 1) }

    public var values: [FieldValue] {
        fieldValues([.text(Text(key)), .text(Text(name)), .text(Text(country)), founded.map(Value.date)])
    }
}

extension Deal {
    public var id: RecordID? { RecordID(Int64(number) + 1) }

    public var values: [FieldValue] {
        fieldValues([
            .text(Text(key)), .text(Text(name)), RecordID(Int64(organisation) + 1).map(Value.reference), .text(Text(kind)),
            amount.map(Value.decimal), .text(Text(currency)), announced.map(Value.date), .instant(updated),
            .integer(Int64(investors)), note.map { .text(Text($0)) },
        ])
    }
}

/// Fields are numbered from 1 without gaps; an absent value is null.
private func fieldValues(_ values: [Value?]) -> [FieldValue] {
    values.enumerated().compactMap { index, value in
        guard let value, let field = FieldID(UInt64(index) + 1) else { return nil }
        return FieldValue(field, value)
    }
}

extension GeneratedDataset {
    /// All deals as records of one commit, by id.
    public func dealRecords(sequence: AlmanacModel.Sequence) throws -> [Record] {
        let collection = try Self.dealsID()
        return try (0..<dealCount).map { number in
            let deal = deal(number)
            guard let id = deal.id, let record = Record(collection: collection, id: id, sequence: sequence, values: deal.values)
            else { throw Invalid() }
            return record
        }
    }
}
