import AlmanacModel

/// Conflicts are kept by the authority. People resolve them, once: those who may write where the conflict is.
extension WritePermission {
    func checkConflict(_ change: ResolvedChange) throws(Refusal) {
        guard case .edit(let record, let stream, let fields) = change else {
            throw .notByPeople(change.action, change.collection)
        }
        try checkResolver(in: stream)
        try checkFields(fields, among: [ConflictSchema.state, ConflictSchema.kept, ConflictSchema.resolvedBy], of: record)
        guard record[ConflictSchema.state] == ConflictState.open.value else {
            throw .resolved(by: record[ConflictSchema.resolvedBy]?.text)
        }
        for field in fields where field.field == ConflictSchema.resolvedBy && !rights.isNamed(by: field.value) {
            throw .notNaming(field.field, of: record.collection, person: rights.person)
        }
    }

    private func checkResolver(in stream: StreamName) throws(Refusal) {
        if let team = stream.team {
            try checkAnnotating(in: team, to: .resolve)
        } else if let team = stream.rosterOfTeam {
            guard rights.role >= .administrator || rights.isOwner(of: team) else { throw .notOwner(team) }
        } else if stream == .curation {
            try need(.curator, to: .resolve)
        } else if stream != StreamName.person(rights.person) {
            throw stream.isWorking ? .notTheirs(stream) : .misplaced(ConflictSchema.collection, stream)
        }
    }
}
