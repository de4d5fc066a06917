import AlmanacClient
import AlmanacDataset
import AlmanacModel
import AlmanacReplica
import Testing

@Suite struct SearchQuestionTests {
    private func keys(_ words: String, kind: String? = nil, top: Int? = nil) throws -> [String] {
        try AskedReply(SearchQuestion(words, kind: kind, top: top), StarterDataset.reader()).texts("key", of: "found")
    }

    @Test func accentsAreOptionalBothWays() throws {
        #expect(try keys("sao paulo").first == "cluster/sao-paulo")
        #expect(try keys("São PAULO") == keys("sao paulo"))
    }

    @Test func allWordsHaveToOccur() throws {
        #expect(try keys("semicond manuf", kind: "hub") == ["hub/ny-smart-i-corridor-tech-hub"])
        #expect(try keys("semicond zzz").isEmpty)
    }

    @Test func aliasesAreFound() throws { #expect(try keys("bengaluru", kind: "cluster") == ["cluster/bengaluru"]) }

    @Test func onlyTheKindAskedFor() throws {
        let reply = try AskedReply(SearchQuestion("quantum", kind: "statement"), StarterDataset.reader())
        #expect(try Set(reply.texts("kind", of: "found")) == ["statement"])
        #expect(throws: QuestionError.self) { try keys("x", kind: "nonsense") }
    }

    @Test func nothingIsFoundByNothing() throws { #expect(try keys("–").isEmpty) }

    /// As the command reads it: the local copy's own view of annotations.
    @Test func whatPeopleWroteIsFound() throws {
        var package = SmallPackage()
        package.add("cluster", "clusters", "seoul", "Seoul")
        try package.read { path in
            let id = try UniqueID.fresh()
            let store = try AuthorityDatabase.open(existing: path)
            defer { try? store.close() }
            try store.commit(author: "lea", message: "a note", time: Instant(clamping: 1_790_000_000_000)) { session in
                let values = [
                    FieldValue(AnnotationSchema.uuid, .uuid(id)), FieldValue(AnnotationSchema.kind, .text("note")),
                    FieldValue(AnnotationSchema.author, .text("lea")),
                    FieldValue(AnnotationSchema.text, .text("Fund II délayed")),
                    FieldValue(AnnotationSchema.tags, .textSet(TextSet(["deal"]))),
                    FieldValue(AnnotationSchema.state, .text("open")),
                    FieldValue(AnnotationSchema.targetName, .text("clusters/seoul")),
                ]
                try session.put(
                    AnnotationSchema.collection, session.newID(AnnotationSchema.collection), values,
                    in: .team(#require(TeamName("apac"))))
            }
            let reader = DatasetReader(try RawQuery(path: path, views: AnswerViews.all))
            let key = String(id.description.prefix(8))
            for (words, kind) in [("delayed", nil), ("fund", "annotation"), ("deal", nil), ("seoul fund", nil)]
                as [(String, String?)]
            {
                let reply = try AskedReply(SearchQuestion(words, kind: kind), reader)
                #expect(try reply.texts("kind", of: "found") == ["annotation"], "\(words)")
                #expect(try reply.texts("key", of: "found") == [key])
            }
            #expect(try AskedReply(SearchQuestion("seoul", kind: "cluster"), reader).texts("kind", of: "found") == ["cluster"])
        }
    }

    @Test func whatWasLeftOutIsSaid() throws {
        let reply = try AskedReply(SearchQuestion("cluster", top: 2), StarterDataset.reader())
        #expect(try reply.texts("key", of: "found").count == 2)
        #expect(reply.reply.notes.contains { $0.contains("the first 2") })
    }
}
