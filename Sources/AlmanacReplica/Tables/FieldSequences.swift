import AlmanacModel
import AlmanacWire

/// The sequences of some fields' last changes, as a small blob beside the record.
struct FieldSequences: Equatable {
    /// By field, ascending.
    private(set) var entries: [Entry] = []

    struct Entry: Equatable {
        let field: FieldID
        let sequence: Sequence
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

    var bytes: [UInt8] {
        var writer = WireWriter()
        for entry in entries {
            writer.varint(UInt64(entry.field.rawValue))
            writer.varint(entry.sequence.rawValue)
        }
        return writer.bytes
    }

    init() {}

    /// Nil for bytes that ``bytes`` never gives.
    init?(bytes: [UInt8]) {
        var reader = WireReader(bytes)
        while reader.remaining > 0 {
            guard let field = (try? reader.varint("field")).flatMap(FieldID.init), let sequence = try? reader.varint("sequence")
            else { return nil }
            entries.append(Entry(field: field, sequence: Sequence(sequence)))
        }
    }
}
