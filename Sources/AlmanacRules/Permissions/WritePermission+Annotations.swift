import AlmanacModel

/// Annotations are written by members of the team, from annotator on. What its author wrote is the author's; whether a thread is open is
/// for every one of them to say.
extension WritePermission {
    func checkAnnotation(_ change: ResolvedChange) throws(Refusal) {
        switch change {
        case .make(_, let stream, _): _ = try team(of: stream)
        case .edit(let record, let stream, let fields):
            _ = try team(of: stream)
            for field in fields { try checkEdit(field, of: record) }
        case .delete(let record, let stream):
            let team = try team(of: stream)
            if !rights.isOwner(of: team) { try checkAuthor(of: record, .delete) }
        case .move(let record, let from, let to):
            _ = try team(of: from)
            _ = try team(of: to)
            try checkAuthor(of: record, .move)
        }
    }

    /// The team whose stream this is and where the person may annotate.
    private func team(of stream: StreamName) throws(Refusal) -> TeamName {
        guard let team = stream.team else { throw .misplaced(AnnotationSchema.collection, stream) }
        try checkAnnotating(in: team, to: .annotate)
        return team
    }

    func checkAnnotating(in team: TeamName, to deed: Refusal.Deed) throws(Refusal) {
        try need(.annotator, to: deed)
        guard rights.isMember(of: team) else { throw .notMember(team) }
    }

    private func checkEdit(_ field: PatchedField, of record: Record) throws(Refusal) {
        switch field.field {
        case AnnotationSchema.state:
            if field.value == AnnotationState.accepted.value { try need(.curator, to: .accept) }
        case AnnotationSchema.closedBy:
            guard field.value == nil || rights.isNamed(by: field.value) else {
                throw .notNaming(field.field, of: record.collection, person: rights.person)
            }
        case AnnotationSchema.edited: try checkAuthor(of: record, .edit)
        case let id where AnnotationRules.authored.contains(id): try checkAuthor(of: record, .edit)
        default: throw .fixedField(record.collection, field.field)
        }
    }

    private func checkAuthor(of record: Record, _ action: ResolvedChange.Action) throws(Refusal) {
        let author = record[AnnotationSchema.author]
        guard rights.isNamed(by: author) else { throw .notAuthor(action, author: author?.text) }
    }
}
