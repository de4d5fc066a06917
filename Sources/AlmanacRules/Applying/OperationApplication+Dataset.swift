import AlmanacModel

/// What the schema and its constraints say of records of the dataset, as of what is imported.
extension OperationApplication {
    func checkNewOfDataset(_ values: [FieldValue], _ collection: Collection) throws {
        let demands = try demands(of: collection)
        for field in demands.required.sorted() where values[field] == nil { throw missing(field, collection) }
        try checkDataset(values, values.map(\.field), of: nil, collection)
    }

    /// - Parameters:
    ///   - changed: the fields that are to be looked at.
    ///   - id: nil for a new record.
    func checkDataset(_ values: [FieldValue], _ changed: [FieldID], of id: RecordID?, _ collection: Collection) throws {
        let demands = try demands(of: collection)
        for fieldID in changed {
            let field = try field(fieldID, of: collection)
            guard let value = values[fieldID] else {
                if demands.required.contains(fieldID) { throw missing(fieldID, collection) }
                continue
            }
            if let problem = demands.problem(fieldID, value) { throw invalid(value, field, collection, problem) }
            if demands.unique.contains(fieldID),
                let other = try holders(of: value, in: fieldID, collection.id).first(where: { $0 != id })
            {
                let name = try name(of: other, in: collection)
                throw invalid(value, field, collection, "has to be unique, and the record \(Words.quoted(name)) has it already")
            }
            if case .reference(let target) = value { try checkReference(to: target, field, of: id, collection, demands) }
        }
    }

    private func checkReference(
        to target: RecordID, _ field: Field, of id: RecordID?, _ collection: Collection, _ demands: CollectionDemands
    ) throws {
        guard let referenced = field.type.referencedCollection, let found = try record(referenced, target),
            author.mayRead(found.stream)
        else { throw OperationRejection.referenceUnknown }
        guard demands.acyclic.contains(field.id) else { return }
        var (next, seen): (RecordID?, Set<RecordID>) = (target, id.map { [$0] } ?? [])
        while let current = next {
            guard seen.insert(current).inserted else {
                throw OperationRejection(.invalid, "\(field.name) of \(Words.name(collection)) would lead back to where it began")
            }
            next = if case .reference(let further)? = try record(referenced, current)?.record[field.id] { further } else { nil }
        }
    }

    /// Nothing may refer to a record that goes.
    func requireUnneeded(_ record: Record, _ collection: Collection) throws {
        for other in ground.schema.collections {
            for field in other.fields where field.type.referencedCollection == collection.id {
                guard
                    let holder = try holders(of: .reference(record.id), in: field.id, other.id).first(where: {
                        other.id != collection.id || $0 != record.id
                    })
                else { continue }
                let name = try name(of: holder, in: other)
                throw OperationRejection(
                    .invalid,
                    "\(field.name) of the record \(Words.quoted(name)) of \(other.name) still refers to it: change that first")
            }
        }
    }

    /// Where a record of the dataset belongs.
    func stream(of values: [FieldValue], _ collection: Collection) throws -> StreamName {
        guard let partition = collection.partition else { return collection.stream }
        let field = try field(partition, of: collection)
        let text: String? =
            switch values[partition] {
            case .text(let text): text.string
            case .reference(let target): try keyText(of: target, field)
            default: nil
            }
        guard let stream = text.flatMap(collection.stream.partition), !stream.isWorking else {
            throw OperationRejection(
                .invalid, "\(field.name) of \(Words.name(collection)) tells the stream of a record: it needs letters or digits")
        }
        return stream
    }

    private func keyText(of id: RecordID, _ field: Field) throws -> String? {
        guard let target = try field.type.referencedCollection.map(collection), let key = target.key else { return nil }
        return try record(target.id, id)?.record[key]?.text?.string
    }

    func requireReading(_ stream: StreamName) throws {
        do throws(Refusal) {
            try author.writing.checkReading(stream)
        } catch {
            throw OperationRejection(error)
        }
    }

    private func missing(_ field: FieldID, _ collection: Collection) -> OperationRejection {
        let name = collection.field(field)?.name.rawValue ?? "\(field)"
        return OperationRejection(.invalid, "\(name) of \(Words.name(collection)) is required and missing")
    }

    private func invalid(_ value: Value, _ field: Field, _ collection: Collection, _ problem: String) -> OperationRejection {
        OperationRejection(
            .invalid, "\(field.name) of \(Words.name(collection)): \(Words.quoted(Text(value.description))) \(problem)")
    }
}
