import AlmanacClient
import AlmanacModel
import AlmanacRules
import AlmanacReplica
import Testing

@Suite struct AnnotationChangeTests {
    private func changes(_ proposal: Proposal) -> [Change] { proposal.draft.operation.changes }

    @Test func anEditCarriesWhatItsAuthorSaw() throws {
        let scene = try AnnotationScene()
        let id = try scene.write("Fund II closed", tags: ["deal"])
        let proposal = try scene.change(id).edit(text: "Fund II closed, EUR 40m", adding: ["eur", "deal"], removing: ["no"])
        guard case .see(_, let stream)? = changes(proposal).first, case .edit(_, let edits)? = changes(proposal).last else {
            throw WritingError.unchanged
        }
        #expect(stream.rawValue == "team/apac", "the text is for those who read it there")
        #expect(
            edits == [
                FieldEdit(
                    AnnotationSchema.text,
                    .value(base: .value(.text("Fund II closed")), new: .value(.text("Fund II closed, EUR 40m")))),
                FieldEdit(AnnotationSchema.tags, .elements(added: TextSet([Text("eur")]), removed: TextSet([Text]()))),
            ])
        #expect(proposal.audience?.count == 3)
        #expect(throws: WritingError.unchanged) { try scene.change(id).edit(text: "Fund II closed", adding: ["deal"]) }
    }

    @Test func onlyItsAuthorEditsAndMoves() throws {
        let scene = try AnnotationScene()
        let id = try scene.write("mine")
        for attempt in [{ try scene.change(id, by: "tom").edit(text: "yours") }, { try scene.change(id, by: "tom").delete() }] {
            let error = #expect(throws: WritingError.self) { try attempt() }
            #expect(error?.sentence.contains("only “lea” may") == true, "\(error?.sentence ?? "")")
        }
    }

    @Test func anOwnerOfTheTeamDeletes() throws {
        let scene = try AnnotationScene()
        let id = try scene.write("from tom", by: "tom")
        guard case .delete(_, let seen)? = changes(try scene.change(id, by: "lea").delete()).first else {
            throw WritingError.unchanged
        }
        #expect(seen == [ProposedField(AnnotationSchema.text, .text("from tom"))])
    }

    @Test func everybodyInTheTeamResolvesAndReopens() throws {
        let scene = try AnnotationScene()
        let id = try scene.write("a question", kind: .question)
        _ = try scene.change(id, by: "tom").state(.resolved)
        #expect(throws: WritingError.unchanged) { try scene.change(id, by: "tom").state(.open) }
        #expect(throws: WritingError.self) { try scene.change(id, by: "eve").state(.resolved) }
        let reply = try scene.reply("an answer", to: id)
        #expect(throws: ClientError.self) { try scene.change(reply).state(.resolved) }
    }

    @Test func aMoveNamesWhoLosesAndWhoGains() throws {
        let scene = try AnnotationScene()
        let id = try scene.write("for emea")
        let emea = try #require(TeamName("emea"))
        let proposal = try scene.change(id).move(to: emea)
        let authoring = try scene.records.authoring()
        let change = try AudienceChange(
            from: #require(TeamName("apac")), to: #require(proposal.audience), in: authoring)
        #expect(change.lines == ["no longer: tom", "from now on: nobody"])
        #expect(throws: WritingError.unchanged) { try scene.change(id).move(to: #require(TeamName("apac"))) }
        let reply = try scene.reply("an answer", to: id, by: "lea")
        #expect(throws: WritingError.self) { try scene.change(reply).move(to: emea) }
    }

    @Test func aCorrectionIsCheckedByTheFieldItIsFor() throws {
        let scene = try AnnotationScene()
        try scene.write("the page says so", on: "ranks/7", field: "share", kind: .correction, value: "9.90", source: "page 7")
        let written = try #require(scene.book().all.first)
        #expect(written.correction == "9.9")
        #expect(written.source == "page 7")
        for value in ["nine", "101", "-1", "10.3", ""] {
            let error = #expect(throws: WritingError.self) {
                try scene.write("no", on: "ranks/7", field: "share", kind: .correction, value: value)
            }
            #expect(error?.sentence.contains("cannot be share of ranks") == true, "\(value): \(error?.sentence ?? "")")
        }
        try scene.write("Seoul it was", on: "ranks/7", field: "cluster", kind: .correction, value: "cluster/seoul")
        #expect(throws: WritingError.self) {
            try scene.write("no", on: "ranks/7", field: "cluster", kind: .correction, value: "cluster/atlantis")
        }
        #expect(throws: ClientError.self) { try scene.write("no", on: "ranks/7", kind: .correction) }
        #expect(throws: ClientError.self) { try scene.write("no", on: "ranks/7", field: "share", value: "9.9") }
    }

    @Test func whatWasWrittenHereCanBeAnnotatedAndAnsweredBeforeItHasAnID() throws {
        let scene = try AnnotationScene()
        let maker = try UniqueID.fresh()
        try scene.records.put(.made(MemoryRecords.clusters, by: maker, index: 0), [1: .text("cluster/new")])
        let id = try scene.write("on what is new", on: "cluster/new")
        let anchor = try #require(scene.book().find(id.description).anchor)
        #expect(anchor.target == .made(MemoryRecords.clusters, by: maker, index: 0))
        #expect(try AnchorReader(scene.records, .all).state(of: anchor) == .current)
    }
}
