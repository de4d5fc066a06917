import AlmanacModel

/// The rules of the records in which people work together, and what the authority adds to them by itself.
extension OperationApplication {
    func checkMaking(_ values: [FieldValue], in stream: StreamName, _ collection: CollectionID) throws {
        switch collection {
        case AnnotationSchema.collection:
            let parent = try self.stream(ofParent: values, in: stream)
            try requireTarget(values)
            try checking { () throws(RuleViolation) in
                try AnnotationRules.checkMaking(values, in: stream, parentIn: parent)
            }
        case TeamSchema.collection:
            try checking { () throws(RuleViolation) in try TeamRules.check(values) }
            try checkTeam(values, over: nil)
        default: break
        }
    }

    /// A new record with what the authority adds.
    func completed(making values: [FieldValue], _ collection: CollectionID, _ index: Int) throws -> [FieldValue] {
        guard collection == AnnotationSchema.collection else { return values }
        let uuid = AnnotationIdentity.uuid(of: operation.id, index: index)
        guard try holders(of: .uuid(uuid), in: AnnotationSchema.uuid, collection).isEmpty else {
            throw OperationRejection(.invalid, "there is an annotation \(uuid) already: make it again, in another operation")
        }
        return AnnotationRules.made(values, by: author.rights.person, at: operation.time, uuid: uuid)
    }

    /// What an edit changes, with what the authority adds.
    func completed(_ patches: [PatchedField], of record: Record) -> [PatchedField] {
        switch record.collection {
        case AnnotationSchema.collection:
            AnnotationRules.edited(patches, of: record, by: author.rights.person, at: operation.time)
        case ConflictSchema.collection: ConflictRules.resolved(patches, by: author.rights.person)
        default: patches
        }
    }

    /// - Parameter values: the whole record, as it would stand afterwards.
    func checkEdited(_ values: [FieldValue], _ patches: [PatchedField], of record: Record) throws {
        switch record.collection {
        case AnnotationSchema.collection: try checking { () throws(RuleViolation) in try AnnotationRules.check(values) }
        case ConflictSchema.collection:
            try checking { () throws(RuleViolation) in try ConflictRules.checkResolving(patches) }
        case TeamSchema.collection:
            try checking { () throws(RuleViolation) in try TeamRules.check(values) }
            try checkTeam(values, over: record)
        default: break
        }
    }

    func checking(_ check: () throws(RuleViolation) -> Void) throws {
        do throws(RuleViolation) {
            try check()
        } catch {
            throw OperationRejection(.invalid, error.description)
        }
    }

    // MARK: Annotations

    /// What an annotation is about is there for its author, or was.
    private func requireTarget(_ values: [FieldValue]) throws {
        guard case .integer(let number)? = values[AnnotationSchema.targetCollection],
            case .integer(let record)? = values[AnnotationSchema.targetRecord],
            let id = UInt64(exactly: number).flatMap(CollectionID.init), let target = RecordID(record)
        else { return }
        let collection = try collection(id)
        if case .integer(let field)? = values[AnnotationSchema.targetField] {
            guard let id = UInt64(exactly: field).flatMap(FieldID.init) else { return }
            _ = try self.field(id, of: collection)
        }
        try requireKnown(id, target)
    }

    /// Nil where it is no reply, and where what it replies to is gone, or has left the stream: then it stays where its author wanted it.
    private func stream(ofParent values: [FieldValue], in stream: StreamName) throws -> StreamName? {
        guard case .reference(let parent)? = values[AnnotationSchema.parent] else { return nil }
        try requireKnown(AnnotationSchema.collection, parent)
        guard let placed = try record(AnnotationSchema.collection, parent), author.mayRead(placed.stream) else { return nil }
        guard placed.stream != stream else { return stream }
        let hasLeft = try ground.streamsLeft(by: parent, of: AnnotationSchema.collection).contains(stream)
        return hasLeft ? nil : placed.stream
    }

    /// The replies to an annotation, and the replies to these.
    func replies(to id: RecordID) throws -> [PlacedRecord] {
        var (found, seen, next): ([PlacedRecord], Set<RecordID>, [RecordID]) = ([], [id], [id])
        while let parent = next.popLast() {
            for reply in try holders(of: .reference(parent), in: AnnotationSchema.parent, AnnotationSchema.collection)
            where seen.insert(reply).inserted {
                if let placed = try record(AnnotationSchema.collection, reply) { found.append(placed) }
                next.append(reply)
            }
        }
        return found
    }

    // MARK: Teams

    /// Names are unique, and there is somebody behind each new one.
    private func checkTeam(_ values: [FieldValue], over old: Record?) throws {
        if old == nil, let name = values[TeamSchema.name] {
            guard try holders(of: name, in: TeamSchema.name, TeamSchema.collection).isEmpty else {
                throw OperationRejection(.invalid, "there is a team called \(name) already: choose another name")
            }
        }
        for field in [TeamSchema.owners, TeamSchema.members] {
            let before = old?[field]?.elements ?? []
            for person in values[field]?.elements ?? [] where !before.contains(person) {
                guard try ground.isPerson(person) else {
                    throw OperationRejection(.invalid, "there is nobody called \(Words.quoted(person)): invite them first")
                }
            }
        }
    }
}
