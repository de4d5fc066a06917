import AlmanacModel
import AlmanacReplica
import AlmanacRules
import Testing

@testable import AlmanacClient

struct ConflictDraftTests {
    private static func conflict(mine: String, server: String) throws -> Conflict {
        let values: [(FieldID, Value)] = [
            (ConflictSchema.targetCollection, .integer(5)), (ConflictSchema.targetRecord, .integer(9)),
            (ConflictSchema.targetField, .integer(6)), (ConflictSchema.kind, ConflictKind.value.value),
            (ConflictSchema.mine, .text(Text(mine))), (ConflictSchema.server, .text(Text(server))),
            (ConflictSchema.author, .text("lea")), (ConflictSchema.state, ConflictState.open.value),
        ]
        let record = WorkingRecord(
            name: .id(ConflictSchema.collection, try #require(RecordID(1))), stream: .team(try #require(TeamName("apac"))),
            sequence: Sequence(4), values: values.map { ProposedField($0, $1) }, isPending: false)
        return try #require(Conflict(record))
    }

    @Test func bothTextsStandInItUntilTheMarksAreGone() throws {
        let draft = ConflictDraft.text(try Self.conflict(mine: "one\ntwo", server: "three"))
        #expect(draft.contains("one\ntwo") && draft.contains("three"))
        #expect(ConflictDraft.isUnfinished(draft))
        #expect(!ConflictDraft.isUnfinished("# A heading\n=======\none and three"))
    }

    @Test func whomItConcerns() throws {
        let conflict = try Self.conflict(mine: "a", server: "b")
        let team = try #require(TeamName("apac"))
        #expect(conflict.concerns(Rights(person: "lea", role: .annotator)))
        #expect(conflict.concerns(Rights(person: "ben", role: .annotator, teams: [team: .member])))
        #expect(!conflict.concerns(Rights(person: "ben", role: .reader, teams: [team: .member])))
        #expect(!conflict.concerns(Rights(person: "eve", role: .administrator)))
    }
}
