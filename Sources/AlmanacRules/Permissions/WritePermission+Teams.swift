import AlmanacModel

/// Teams are made by administrators. Who belongs to one, and its title, is for administrators and its owners to say. A team's name is a
/// part of the names of its streams and never changes, and its record stays.
extension WritePermission {
    func checkTeam(_ change: ResolvedChange) throws(Refusal) {
        switch change {
        case .make(let collection, let stream, let values):
            try need(.administrator, to: .makeTeam)
            guard let team = stream.rosterOfTeam, values[TeamSchema.name] == .text(Text(team.rawValue)) else {
                throw .misplaced(collection, stream)
            }
        case .edit(let record, let stream, let fields):
            guard let team = stream.rosterOfTeam else { throw .misplaced(record.collection, stream) }
            guard rights.role >= .administrator || rights.isOwner(of: team) else { throw .notOwner(team) }
            try checkFields(fields, among: [TeamSchema.title, TeamSchema.owners, TeamSchema.members], of: record)
        case .delete, .move: throw .notByPeople(change.action, change.collection)
        }
    }

    func checkFields(_ fields: [PatchedField], among allowed: Set<FieldID>, of record: Record) throws(Refusal) {
        if let field = fields.first(where: { !allowed.contains($0.field) }) { throw .fixedField(record.collection, field.field) }
    }
}
