import AlmanacModel

/// How a conflict is resolved.
public enum ConflictRules {
    /// What somebody wants to become of an open conflict: it becomes resolved, and says what was kept.
    public static func checkResolving(_ fields: [PatchedField]) throws(RuleViolation) {
        let values = [FieldValue]().patched(by: fields)
        try RecordShape.check(values, of: collection)
        guard values[ConflictSchema.state] == ConflictState.resolved.value, let kept = values[ConflictSchema.kept]?.text else {
            throw .unresolved
        }
        guard ConflictChoice(rawValue: kept.string) != nil else {
            throw .notAmong(collection, ConflictSchema.kept, ConflictChoice.allCases.map(\.rawValue))
        }
    }

    /// The fields of a conflict that a resolution changes, who resolved it among them.
    public static func resolved(_ fields: [PatchedField], by person: String) -> [PatchedField] {
        let own = fields.filter { $0.field != ConflictSchema.resolvedBy }
        return (own + [PatchedField(ConflictSchema.resolvedBy, .text(Text(person)))]).sorted { $0.field < $1.field }
    }

    private static let collection = ConflictSchema.collection
}
