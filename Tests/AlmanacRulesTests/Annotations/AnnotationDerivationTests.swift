import AlmanacModel
import AlmanacRules
import Testing

@Suite struct AnnotationDerivationTests {
    private typealias Schema = AnnotationSchema
    private let early = Instant(clamping: 1_000)
    private let late = Instant(clamping: 2_000)

    private func made(_ values: [FieldValue]) throws -> [FieldValue] {
        let id = try #require(UniqueID(bytes: [UInt8](repeating: 1, count: 16)))
        return AnnotationRules.made(values, by: "lea", at: early, uuid: id)
    }

    private func edited(_ fields: [PatchedField], at time: Instant? = nil) throws -> [FieldID: Value?] {
        let values = try made([FieldValue(Schema.kind, "note"), FieldValue(Schema.text, "@kim")])
            .patched(by: [PatchedField(Schema.edited, .instant(late)), PatchedField(Schema.closedBy, "ada")])
        let id = try #require(RecordID(1))
        let record = try #require(Record(collection: Schema.collection, id: id, sequence: Sequence(1), values: values))
        let all = AnnotationRules.edited(fields, of: record, by: "lea", at: time ?? Instant(clamping: 3_000))
        #expect(all.map(\.field) == all.map(\.field).sorted())
        return Dictionary(all.map { ($0.field, $0.value) }) { first, _ in first }
    }

    @Test func aNewAnnotationIsFilledIn() throws {
        let values = try made([FieldValue(Schema.kind, "note"), FieldValue(Schema.text, "ask @kim")])
        #expect(values.map(\.field) == values.map(\.field).sorted())
        let all = Dictionary(values.map { ($0.field, $0.value) }) { first, _ in first }
        #expect(all[Schema.author] == "lea")
        #expect(all[Schema.created] == .instant(early))
        #expect(all[Schema.mentions] == .textSet(TextSet(["kim"])))
        #expect(all[Schema.state] == "open")
        #expect(all[Schema.text] == "ask @kim")
        #expect(all[Schema.edited] == nil)
    }

    @Test func aReplyHasNoStateAndNobodyMentionedIsNull() throws {
        let parent = FieldValue(Schema.parent, .reference(try #require(RecordID(4))))
        let values = try made([FieldValue(Schema.kind, "note"), FieldValue(Schema.text, "yes"), parent])
        #expect(!values.contains { [Schema.state, Schema.mentions].contains($0.field) })
    }

    @Test func mentionsFollowTheText() throws {
        let fields = try edited([PatchedField(Schema.text, "ask @ada")])
        #expect(fields[Schema.mentions] == .some(.textSet(TextSet(["ada"]))))
        #expect(try edited([PatchedField(Schema.text, "ask nobody")])[Schema.mentions] == .some(nil))
        #expect(try edited([PatchedField(Schema.tags, nil)])[Schema.mentions] == nil, "nothing is said of them")
    }

    @Test func whoClosedItFollowsTheState() throws {
        #expect(try edited([PatchedField(Schema.state, "resolved")])[Schema.closedBy] == .some("lea"))
        #expect(try edited([PatchedField(Schema.state, "accepted")])[Schema.closedBy] == .some("lea"))
        #expect(try edited([PatchedField(Schema.state, "open")])[Schema.closedBy] == .some(nil))
        #expect(
            try edited([PatchedField(Schema.state, "open"), PatchedField(Schema.closedBy, "lea")])[Schema.closedBy] == .some(nil))
        #expect(try edited([PatchedField(Schema.closedBy, "lea")]).isEmpty, "nobody closed anything")
    }

    @Test func threat18_whenItWasEditedNeverGoesBack() throws {
        #expect(try edited([PatchedField(Schema.tags, nil)])[Schema.edited] == .some(.instant(Instant(clamping: 3_000))))
        #expect(try edited([PatchedField(Schema.tags, nil)], at: early)[Schema.edited] == .some(.instant(late)))
        #expect(
            try edited([PatchedField(Schema.state, "resolved")])[Schema.edited] == nil,
            "a thread's state is not its author's text")
    }
}
