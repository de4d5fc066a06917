import AlmanacModel
import AlmanacWire

/// The sequences of some fields' last changes, as a small blob beside the record.
package struct FieldSequences: Equatable {
    /// By field, ascending.
    package private(set) var entries: [Entry] = []

    package struct Entry: Equatable {
        package let field: FieldID
        package let sequence: Sequence
    }

    func setting(_ fields: [FieldID], to sequence: Sequence) -> FieldSequences {
        let untouched = entries.filter { !fields.contains($0.field) }
        var result = FieldSequences()
        result.entries = (untouched + fields.map { Entry(field: $0, sequence: sequence) }).sorted { $0.field < $1.field }
        return result
    }

    /// The fields that changed after this sequence.
    func fields(after sequence: Sequence) -> [FieldID] {
        entries.filter { $0.sequence > sequence }.map(\.field)
    }

    package var bytes: [UInt8] {
        var writer = WireWriter()
        for entry in entries {
            writer.varint(UInt64(entry.field.rawValue))
            writer.varint(entry.sequence.rawValue)
        }
        return writer.bytes
    }

    init() {}

    /// Nil for bytes that ``bytes`` never gives.
    package init?(bytes: [UInt8]) {
        var reader = WireReader(bytes)
        while reader.remaining > 0 {
            guard let field = (try? reader.varint("field")).flatMap(FieldID.init), let sequence = try? reader.varint("sequence"),
                entries.last.map({ $0.field < field }) ?? true
            else { return nil }
            entries.append(Entry(field: field, sequence: Sequence(sequence)))
        }
    }
}
