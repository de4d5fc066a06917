import AlmanacModel
import AlmanacRules
import Testing

@Suite struct ConflictRulesTests {
    private func violation(_ state: Value?, _ kept: Value?) -> RuleViolation? {
        let fields = [PatchedField(ConflictSchema.state, state), PatchedField(ConflictSchema.kept, kept)]
        do throws(RuleViolation) { try ConflictRules.checkResolving(fields) } catch { return error }
        return nil
    }

    @Test func aResolutionSaysWhatWasKept() {
        for kept in ["mine", "server", "both", "edit"] as [Value] { #expect(violation("resolved", kept) == nil) }
        let choices = RuleViolation.notAmong(ConflictSchema.collection, ConflictSchema.kept, ["mine", "server", "both", "edit"])
        for kept in ["theirs", "Mine", ""] as [Value] { #expect(violation("resolved", kept) == choices) }
        #expect(violation("resolved", nil) == .unresolved)
        #expect(violation("open", "mine") == .unresolved)
        #expect(violation(nil, "mine") == .unresolved)
        #expect(violation("resolved", .integer(1)) == .wrongType(ConflictSchema.collection, ConflictSchema.kept))
    }

    @Test func whoResolvedItIsWhoeverDid() {
        let fields = [PatchedField(ConflictSchema.resolvedBy, "kim"), PatchedField(ConflictSchema.state, "resolved")]
        #expect(
            ConflictRules.resolved(fields, by: "lea") == [
                PatchedField(ConflictSchema.state, "resolved"), PatchedField(ConflictSchema.resolvedBy, "lea"),
            ])
    }
}
