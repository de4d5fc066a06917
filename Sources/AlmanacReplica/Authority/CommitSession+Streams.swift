import AlmanacModel

extension CommitSession {
    /// The stream in which a record belongs: where it is placed, or where the schema says. A record of the dataset never belongs in the
    /// streams in which people work together.
    func stream(of record: Record, _ placed: StreamName?) throws -> StreamName {
        guard !record.collection.isPlacedByMaker else {
            guard let placed, placed.isWorking else {
                throw ReplicaError.refused(
                    "record \(record.id) of collection \(record.collection) needs a stream of people's work")
            }
            return placed
        }
        let stream = try stream(of: record)
        guard placed == nil || placed == stream else {
            throw ReplicaError.refused("record \(record.id) of collection \(record.collection) belongs in \(stream)")
        }
        guard !stream.isWorking else {
            throw ReplicaError.refused(
                "record \(record.id) of collection \(record.collection) would be in \(stream), a stream of people's work")
        }
        return stream
    }

    private func stream(of record: Record) throws -> StreamName {
        guard let collection = schema.collection(record.collection) else {
            throw ReplicaError.refused("there is no collection \(record.collection)")
        }
        guard let partition = collection.partition else { return collection.stream }
        guard let value = record[partition], let text = try partitionText(value, collection.field(partition)),
            let stream = collection.stream.partition(text)
        else {
            let field = collection.field(partition)?.name.rawValue ?? String(describing: partition)
            throw ReplicaError.refused(
                "record \(record.id) of \(collection.name) needs a value with letters or digits in field \(field), which tells its stream"
            )
        }
        return stream
    }

    private func partitionText(_ value: Value, _ field: Field?) throws -> String? {
        switch value {
        case .text(let text): return text.string
        case .reference(let id):
            guard let target = field?.type.referencedCollection, let key = schema.collection(target)?.key,
                case .text(let text)? = try record(target, id)?[key]
            else { return nil }
            return text.string
        default: return nil
        }
    }
}
