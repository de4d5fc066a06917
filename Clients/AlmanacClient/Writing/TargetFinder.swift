import AlmanacModel
import AlmanacReplica

/// Finds the record that somebody names: by a key that stands alone, by `COLLECTION/KEY` or `COLLECTION/ID`, by a key that one collection
/// alone has, or by what people call it.
public struct TargetFinder {
    private let working: any WorkingRecords
    private let names: TargetNames

    public init(_ working: any WorkingRecords, names: TargetNames = .none) {
        self.working = working
        self.names = names
    }

    /// Throws ``WritingError`` where nothing fits, or several do.
    public func find(_ text: String, field: String? = nil) throws -> RecordTarget {
        let target = try record(text)
        guard let field else { return target }
        guard let found = target.collection.field(named: field) else {
            throw WritingError.unknownField(
                field, of: target.collection.name.rawValue, known: target.collection.fields.map(\.name.rawValue))
        }
        return RecordTarget(collection: target.collection, record: target.record, field: found, name: target.name)
    }

    private func record(_ text: String) throws -> RecordTarget {
        for step in [standingAlone, qualified, elsewhere, called] {
            let found = try step(text)
            if found.count > 1 { throw WritingError.ambiguousTarget(text, candidates: found.map(qualifiedName)) }
            if let only = found.first { return only }
        }
        throw WritingError.unknownTarget(text, near: [])
    }

    private func standingAlone(_ text: String) throws -> [RecordTarget] {
        try alone.compactMap { try keyed(text, in: $0) }
    }

    /// `clusters/x`, and `contradiction/x` for one of the contradictions.
    private func qualified(_ text: String) throws -> [RecordTarget] {
        guard let slash = text.firstIndex(of: "/") else { return [] }
        let (prefix, rest) = (String(text[..<slash]), String(text[text.index(after: slash)...]))
        for name in [prefix, prefix + "s"] {
            guard let collection = working.schema.collection(named: name) else { continue }
            if let found = try keyed(rest, in: collection) { return [found] }
            if let id = Int64(rest).flatMap({ RecordID($0) }), let record = try working.record(.id(collection.id, id)) {
                return [target(collection, record)]
            }
        }
        return []
    }

    private func elsewhere(_ text: String) throws -> [RecordTarget] {
        let others = working.schema.collections.filter { other in !other.id.isSystem && !alone.contains { $0.id == other.id } }
        return try others.compactMap { try keyed(text, in: $0) }
    }

    private func called(_ text: String) throws -> [RecordTarget] {
        guard let first = alone.first else { return [] }
        return try names.find(text).compactMap { try keyed($0, in: first) }
    }

    private var alone: [Collection] { names.collections.compactMap { working.schema.collection(named: $0) } }

    private func keyed(_ key: String, in collection: Collection) throws -> RecordTarget? {
        guard collection.key != nil, !key.isEmpty, let record = try working.record(collection.id, key: Text(key)) else {
            return nil
        }
        return target(collection, record)
    }

    /// The record with the name by which it is found again.
    public func target(_ collection: Collection, _ record: WorkingRecord) -> RecordTarget {
        RecordTarget(collection: collection, record: record, field: nil, name: name(collection, record))
    }

    private func name(_ collection: Collection, _ record: WorkingRecord) -> String {
        if let field = collection.key, case .text(let key)? = record[field] {
            return collection.name.rawValue == names.collections.first ? key.string : "\(collection.name)/\(key)"
        }
        return switch record.name {
        case .id(_, let id): "\(collection.name)/\(id)"
        case .made(_, let operation, _): "\(collection.name)/\(operation)"
        }
    }

    private func qualifiedName(_ target: RecordTarget) -> String {
        guard let field = target.collection.key, case .text(let key)? = target.record[field] else { return target.name }
        return "\(target.collection.name)/\(key)"
    }
}
