import AlmanacModel
import AlmanacReplica
import AlmanacRules
import AlmanacWire
import Testing

@testable import AlmanacServer

/// What becomes of operations, one by one.
@Suite struct ApplyingTests {
    let office: Office

    init() throws { office = try Office() }

    @Test func anAnnotationGetsWhatTheAuthoritySets() throws {
        let operation = try office.operation(office.note("Fund II closed, ask @bo", tags: ["deal"]))
        let applied = try office.push("lea", operation).first.expectApplied()
        let annotations = try office.annotations()
        let (record, stream) = try #require(annotations.first)
        #expect(applied.made == [record.id])
        #expect(applied.conflicts.isEmpty)
        #expect(stream.rawValue == "team/apac")
        #expect(record[AnnotationSchema.uuid] == .uuid(operation.id))
        #expect(record[AnnotationSchema.author] == .text("lea"))
        #expect(record[AnnotationSchema.created] == .instant(operation.time))
        #expect(record[AnnotationSchema.mentions] == Office.set(["bo"]))
        #expect(record[AnnotationSchema.state] == .text("open"))
        let last = try office.dataset.store.lastCommit()
        let commit = try #require(last)
        #expect(commit.sequence == applied.sequence)
        #expect(commit.header.author == "lea")
    }

    @Test func severalAnnotationsOfOneOperationHaveNamesOfTheirOwn() throws {
        let operation = try office.operation(office.note("one"), office.note("two"))
        let applied = try office.push("lea", operation).first.expectApplied()
        #expect(applied.made.count == 2)
        let uuids = try office.annotations().compactMap { $0.record[AnnotationSchema.uuid] }
        #expect(uuids == [0, 1].map { .uuid(AnnotationIdentity.uuid(of: operation.id, index: $0)) })
        #expect(Set(uuids).count == 2)
    }

    @Test func aRecordIsNamedByItsOperationForEver() throws {
        let first = try office.operation(office.note("a"))
        let second = try office.operation(office.write(office.made(first), "b", over: "a"))
        let receipts = try office.push("lea", first, second)
        for receipt in receipts { try Optional(receipt).expectApplied() }
        try office.push("lea", office.operation(office.write(office.made(first), "c", over: "b"))).first.expectApplied()
        #expect(try office.annotations().map { $0.record[AnnotationSchema.text] } == [.text("c")])
    }

    // MARK: Concurrent edits

    @Test func twoTextsThatDoNotMergeAreBothKept() throws {
        let note = try office.operation(office.note("Fund II closed"))
        try office.push("lea", note)
        let server = try office.operation(office.write(office.made(note), "Fund II delayed", over: "Fund II closed"))
        let serverApplied = try office.push("lea", server).first.expectApplied()
        let mine = try office.operation(office.write(office.made(note), "Fund II closed, EUR 40m", over: "Fund II closed"))
        let applied = try office.push("lea", mine).first.expectApplied()
        let conflicts = try office.conflicts()
        let (conflict, stream) = try #require(conflicts.first)
        #expect(applied.conflicts == [conflict.id])
        #expect(stream.rawValue == "team/apac")
        #expect(conflict[ConflictSchema.base] == .text("Fund II closed"))
        #expect(conflict[ConflictSchema.mine] == .text("Fund II closed, EUR 40m"))
        #expect(conflict[ConflictSchema.server] == .text("Fund II delayed"))
        #expect(conflict[ConflictSchema.author] == .text("lea"))
        #expect(conflict[ConflictSchema.operation] == .uuid(mine.id))
        #expect(conflict[ConflictSchema.serverSequence] == .integer(Int64(serverApplied.sequence.rawValue)))
        #expect(conflict[ConflictSchema.serverAuthor] == .text("lea"))
        #expect(try office.annotations().first?.record[AnnotationSchema.text] == .text("Fund II delayed"))
    }

    @Test func linesAndElementsMerge() throws {
        let note = try office.operation(office.note("a\nb\nc", tags: ["x", "y"]))
        try office.push("lea", note)
        try office.push("lea", office.operation(office.write(office.made(note), "A\nb\nc", over: "a\nb\nc")))
        let elements = FieldEdit(AnnotationSchema.tags, .elements(added: TextSet(["z"]), removed: TextSet(["x"])))
        let text = FieldEdit(
            AnnotationSchema.text, .value(base: .value(.text("a\nb\nc")), new: .value(.text("a\nb\nC"))))
        try office.push("lea", office.operation(.edit(office.made(note), [text, elements]))).first.expectApplied()
        let annotations = try office.annotations()
        let record = try #require(annotations.first?.record)
        #expect(record[AnnotationSchema.text] == .text("A\nb\nC"))
        #expect(record[AnnotationSchema.tags] == Office.set(["y", "z"]))
        #expect(try office.conflicts().isEmpty)
    }

    @Test func theFirstAcceptedScalarStays() throws {
        try office.push("cleo", office.operation(office.edit("city-1", "rank", .integer(1), .integer(2)))).first.expectApplied()
        let second = try office.push("ada", office.operation(office.edit("city-1", "rank", .integer(1), .integer(3))))
        #expect(try second.first.expectApplied().conflicts.count == 1)
        #expect(try office.dataset.record("city-1", in: "clusters")?["rank"] == .integer(2))
        let conflicts = try office.conflicts()
        let (conflict, stream) = try #require(conflicts.first)
        #expect(stream == .curation)
        #expect(conflict[ConflictSchema.mine] == .text("3"))
        #expect(conflict[ConflictSchema.server] == .text("2"))
        #expect(conflict[ConflictSchema.serverAuthor] == .text("cleo"))
        #expect(conflict[ConflictSchema.targetName] == .text("city-1"))
    }

    // MARK: What is gone

    @Test func whatIsWrittenIntoADeletedAnnotationIsKept() throws {
        let note = try office.operation(office.note("a"))
        try office.push("lea", note)
        try office.push("lea", office.operation(.delete(office.made(note), seen: []))).first.expectApplied()
        let receipt = try office.push("lea", office.operation(office.write(office.made(note), "typed on a train", over: "a")))
        #expect(try receipt.first.expectApplied().conflicts.count == 1)
        let conflicts = try office.conflicts()
        let (conflict, stream) = try #require(conflicts.first)
        #expect(stream.rawValue == "team/apac")
        #expect(conflict[ConflictSchema.kind] == .text("deleted"))
        #expect(conflict[ConflictSchema.mine] == .text("typed on a train"))
        // Deleting once more changes nothing.
        let again = try office.push("lea", office.operation(.delete(office.made(note), seen: [])))
        #expect(try again.first.expectApplied() == Receipt.Applied(sequence: office.dataset.store.head().sequence))
    }

    @Test func whatIsWrittenIntoAnAnnotationThatMovedOutOfSightIsKeptForItsAuthorAlone() throws {
        try office.push("ada", office.operation(join("emea", "lea"))).first.expectApplied()
        let note = try office.operation(office.note("a"))
        try office.push("lea", note).first.expectApplied()
        try office.push("lea", office.operation(.move(office.made(note), from: Office.team("apac"), to: Office.team("emea"))))
            .first.expectApplied()
        try office.push("ada", office.operation(leave("emea", "lea"))).first.expectApplied()
        let receipt = try office.push("lea", office.operation(office.write(office.made(note), "typed", over: "a")))
        #expect(try receipt.first.expectApplied().conflicts.count == 1)
        let conflicts = try office.conflicts()
        let (conflict, stream) = try #require(conflicts.first)
        #expect(stream.rawValue == "people/lea")
        #expect(conflict[ConflictSchema.kind] == .text("moved"))
        #expect(conflict[ConflictSchema.mine] == .text("typed"))
        #expect(conflict[ConflictSchema.server] == nil)
    }

    @Test func aDeletionOfWhatHasChangedIsAConflict() throws {
        let note = try office.operation(office.note("a"))
        try office.push("lea", note)
        try office.push("lea", office.operation(office.write(office.made(note), "b", over: "a")))
        let seen = [ProposedField(AnnotationSchema.text, .text("a"))]
        let receipt = try office.push("lea", office.operation(.delete(office.made(note), seen: seen)))
        #expect(try receipt.first.expectApplied().conflicts.count == 1)
        #expect(try office.annotations().count == 1)
        #expect(try office.conflicts().first?.record[ConflictSchema.kind] == .text("changed"))
    }

    @Test func aThreadMovesWithItsReplies() throws {
        try office.push("ada", office.operation(join("emea", "lea")))
        let note = try office.operation(office.note("a"))
        let reply = try office.operation(
            .make(
                AnnotationSchema.collection, in: Office.team("apac"),
                values: [
                    ProposedField(AnnotationSchema.kind, .text("note")), ProposedField(AnnotationSchema.text, .text("yes")),
                    ProposedField(AnnotationSchema.parent, .made(by: note.id, index: 0)),
                ]))
        try office.push("lea", note)
        try office.push("bo", reply).first.expectApplied()
        try office.push("lea", office.operation(.move(office.made(note), from: Office.team("apac"), to: Office.team("emea"))))
            .first.expectApplied()
        #expect(try office.annotations().map(\.stream.rawValue) == ["team/emea", "team/emea"])
    }

    /// Threat 13: who wrote for one team did not write for another.
    @Test func threatRow13_aTextForOneTeamStaysOutOfAnother() throws {
        try office.push("ada", office.operation(join("emea", "lea")))
        let note = try office.operation(office.note("a"))
        try office.push("lea", note)
        let (apac, emea) = (try Office.team("apac"), try Office.team("emea"))
        try office.push("lea", office.operation(.move(office.made(note), from: apac, to: emea))).first.expectApplied()
        let edit = try office.operation(
            .see(office.made(note), in: apac), office.write(office.made(note), "for apac", over: "a"))
        #expect(try office.push("lea", edit).first.expectApplied().conflicts.count == 1)
        #expect(try office.annotations().map { $0.record[AnnotationSchema.text] } == [.text("a")])
        let kept = try #require(try office.conflicts().first)
        #expect(kept.stream.rawValue == "people/lea" && kept.record[ConflictSchema.mine] == .text("for apac"))
        #expect(kept.record[ConflictSchema.kind] == .text("moved"))
        // Seen where it is, it applies.
        let again = try office.operation(
            .see(office.made(note), in: emea), office.write(office.made(note), "for emea", over: "a"))
        #expect(try office.push("lea", again).first.expectApplied().conflicts.isEmpty)
        #expect(try office.annotations().map { $0.record[AnnotationSchema.text] } == [.text("for emea")])
    }

    @Test func aReplyToAThreadThatHasMovedStaysWithItsReaders() throws {
        try office.push("ada", office.operation(join("emea", "lea")))
        let note = try office.operation(office.note("a"))
        try office.push("lea", note)
        let (apac, emea) = (try Office.team("apac"), try Office.team("emea"))
        try office.push("lea", office.operation(.move(office.made(note), from: apac, to: emea))).first.expectApplied()
        let values = [
            ProposedField(AnnotationSchema.kind, .text("note")), ProposedField(AnnotationSchema.text, .text("yes")),
            ProposedField(AnnotationSchema.parent, .made(by: note.id, index: 0)),
        ]
        let reply = try office.operation(.make(AnnotationSchema.collection, in: apac, values: values))
        try office.push("lea", reply).first.expectApplied()
        #expect(try office.annotations().map(\.stream.rawValue).sorted() == ["team/apac", "team/emea"])
    }

    // MARK: Who may what

    @Test func whoMayNotIsRejectedWithAReason() throws {
        try office.push("rob", office.operation(office.note("x"))).first.expectRejected(.notAllowed)
        try office.push("mia", office.operation(office.note("x"))).first.expectRejected(.notAllowed)
        try office.push("lea", office.operation(office.edit("city-1", "rank", .integer(1), .integer(2)))).first
            .expectRejected(.notAllowed)
        let note = try office.operation(office.note("a"))
        try office.push("lea", note)
        try office.push("mia", office.operation(office.write(office.made(note), "b", over: "a"))).first
            .expectRejected(.targetUnknown)
        try office.push("bo", office.operation(office.write(office.made(note), "b", over: "a"))).first
            .expectRejected(.notAllowed)
        try office.push("ada", office.operation(join("apac", "nobody"))).first.expectRejected(.invalid)
        #expect(try office.annotations().count == 1)
    }

    @Test func aConflictIsResolvedOnce() throws {
        let note = try office.operation(office.note("a"))
        try office.push("lea", note)
        try office.push("lea", office.operation(office.write(office.made(note), "b", over: "a")))
        let conflict = try office.push("lea", office.operation(office.write(office.made(note), "c", over: "a"))).first
            .expectApplied().conflicts
        let name = RecordName.id(ConflictSchema.collection, try #require(conflict.first))
        let resolve = Change.edit(
            name,
            [
                FieldEdit(ConflictSchema.state, .value(base: .value(.text("open")), new: .value(.text("resolved")))),
                FieldEdit(ConflictSchema.kept, .value(base: nil, new: .value(.text("server")))),
            ])
        try office.push("bo", office.operation(resolve)).first.expectApplied()
        #expect(try office.conflicts().first?.record[ConflictSchema.resolvedBy] == .text("bo"))
        let again = try office.push("lea", office.operation(resolve)).first
        again.expectRejected(.notAllowed)
        guard case .rejected(let rejection)? = again?.outcome else { return }
        #expect(rejection.sentence.string.contains("bo"))
        #expect(rejection.sentence.string.contains("server"))
    }

    @Test func aCuratorTakesACorrectionOver() throws {
        var values = [
            ProposedField(AnnotationSchema.kind, .text("correction")), ProposedField(AnnotationSchema.text, .text("it is 9")),
            ProposedField(AnnotationSchema.targetCollection, .integer(Int64(try office.clusters.id.rawValue))),
            ProposedField(AnnotationSchema.targetRecord, .integer(try office.id("city-1").rawValue)),
        ]
        values += [
            ProposedField(AnnotationSchema.targetField, .integer(Int64(try office.field("rank").rawValue))),
            ProposedField(AnnotationSchema.correction, .text("9")), ProposedField(AnnotationSchema.source, .text("a report")),
        ]
        let correction = try office.operation(.make(AnnotationSchema.collection, in: Office.team("apac"), values: values))
        try office.push("lea", correction).first.expectApplied()
        let accept = try office.operation(
            office.edit("city-1", "rank", .integer(1), .integer(9)),
            .edit(
                office.made(correction),
                [FieldEdit(AnnotationSchema.state, .value(base: .value(.text("open")), new: .value(.text("accepted"))))]),
            message: "As the report says")
        try office.push("cleo", accept).first.expectApplied()
        let last = try office.dataset.store.lastCommit()
        let header = try #require(last).header
        #expect(header.author == "cleo, correction by lea")
        #expect(header.message == "As the report says")
        #expect(try office.annotations().first?.record[AnnotationSchema.closedBy] == .text("cleo"))
    }

    // MARK: The dataset's constraints

    @Test func theDatasetsConstraintsHoldForPeopleToo() throws {
        let wrong: [(String, Value?, Value?)] = [
            ("rank", .integer(1), .integer(0)), ("name", .text("City 1"), nil), ("code", .text("c1"), .text("c2")),
            ("rank", .integer(1), .text("1")),
        ]
        for (field, base, new) in wrong {
            try office.push("cleo", office.operation(office.edit("city-1", field, base, new))).first.expectRejected(.invalid)
        }
        try office.push("cleo", office.operation(.delete(office.cluster("city-1"), seen: []))).first.expectRejected(.invalid)
        try office.push("cleo", office.operation(.delete(office.cluster("city-2"), seen: []))).first.expectApplied()
        let lacking = Change.make(try office.clusters.id, in: nil, values: [ProposedField(try office.field("key"), .text("new"))])
        try office.push("cleo", office.operation(lacking)).first.expectRejected(.invalid)
        #expect(try office.dataset.store.check().isRight)
    }

    private func join(_ team: String, _ person: String) throws -> Change {
        try members(team, added: [person], removed: [])
    }

    private func leave(_ team: String, _ person: String) throws -> Change {
        try members(team, added: [], removed: [person])
    }

    private func members(_ team: String, added: [String], removed: [String]) throws -> Change {
        let teams = try office.dataset.store.teams().all
        let found = try #require(teams.first { $0.name.rawValue == team })
        return .edit(
            .id(TeamSchema.collection, found.id),
            [
                FieldEdit(
                    TeamSchema.members,
                    .elements(added: TextSet(added.map { Text($0) }), removed: TextSet(removed.map { Text($0) })))
            ])
    }
}
