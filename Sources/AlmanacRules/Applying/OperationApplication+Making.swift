import AlmanacModel

extension OperationApplication {
    func make(_ index: Int, _ id: CollectionID, in stream: StreamName?, _ proposed: [ProposedField]) throws {
        let collection = try collection(id)
        let values = try values(proposed, of: collection)
        let place = try place(stream, values, collection)
        try author.check(.make(id, in: place, values: values))
        try checkSets(values, collection)
        if id.isSystem { try checkMaking(values, in: place, id) } else { try checkNewOfDataset(values, collection) }
        let new = try ground.newID(id)
        try put(collection, new, completed(making: values, id, index), in: place)
        noteMade(index, id, new)
    }

    private func place(
        _ stream: StreamName?, _ values: [FieldValue], _ collection: Collection
    ) throws -> StreamName {
        guard collection.id.isPlacedByMaker else {
            let place = try self.stream(of: values, collection)
            guard stream == nil || stream == place else {
                throw OperationRejection(.invalid, "this record of \(Words.name(collection)) belongs in \(place)")
            }
            return place
        }
        guard let stream else {
            throw OperationRejection(.invalid, "a record of \(Words.name(collection)) needs a stream to be in")
        }
        return stream
    }

    /// A set may have grown by merging.
    func checkSets(_ values: [FieldValue], _ collection: Collection) throws {
        for value in values {
            guard case .textSet(let set) = value.value, set.elements.count > Self.elementLimit else { continue }
            let name = collection.field(value.field)?.name.rawValue ?? "\(value.field)"
            throw OperationRejection(
                .invalid, "the field \(name) of \(Words.name(collection)) would have more than \(Self.elementLimit) elements")
        }
    }

    /// As many as the specification lets a set have.
    private static var elementLimit: Int { 1_024 }
}
