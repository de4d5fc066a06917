import AlmanacDataset
import AlmanacReplica
import Testing

@Suite struct FrameworksQuestionTests {
    @Test func partsInOrder() throws {
        let dataset = try StarterDataset.reader()
        let hub = try FrameworksQuestion(name: "successful innovation hub").reply(from: dataset).answer("framework_part")
        #expect(try hub.texts("part") == ["Academic Anchors", "Capital Access", "Policy Support"])
        #expect(try hub.integers("position") == [1, 2, 3])
        #expect(try hub.texts("part_statement") == ["001-026", "001-027", "001-028"])
        #expect(try hub.texts("source") == ["article-001", "article-001", "article-001"])
        #expect(try FrameworksQuestion(name: "triple-helix").reply(from: dataset).answer("framework_part").rows.count == 3)
    }

    @Test func allOfThem() throws {
        let reply = try FrameworksQuestion().reply(from: StarterDataset.reader())
        let answer = try reply.answer("framework_part")
        #expect(Set(try answer.texts("framework")).count == 8)
        #expect(!reply.hasNote(with: "announces"), "all that announce a number of parts name as many")
    }

    @Test func unknownNamesSuggestNearOnes() throws {
        let error = #expect(throws: QuestionError.self) {
            try FrameworksQuestion(name: "triple helx model").reply(from: StarterDataset.reader())
        }
        #expect(error?.description.contains("Triple helix") == true)
    }

    @Test func aPartThatIsMissingIsSaid() throws {
        let small = try SmallDataset([
            "sources": [["key": "page", "title": "A page", "kind": "other page"]],
            "subjects": [["key": "framework/f", "kind": "framework", "name": "F"]],
            "frameworks": [["key": "f", "name": "F", "expected_parts": "3", "subject": "framework/f", "source": "page"]],
        ])
        let reply = try FrameworksQuestion().reply(from: small.reader)
        #expect(try reply.answer("framework_part").texts("part") == [nil])
        #expect(reply.hasNote(with: "announces 3 parts, 0 are known"))
    }

    @Test(arguments: AdviceQuestion.Audience.allCases)
    func adviceForEach(_ audience: AdviceQuestion.Audience) throws {
        let answer = try AdviceQuestion(for: audience).reply(from: StarterDataset.reader()).answer("advice")
        #expect(!answer.isEmpty)
        #expect(try answer.texts("audience").allSatisfy { $0 == audience.rawValue })
        #expect(try answer.texts("statement").allSatisfy { $0 != nil })
        #expect(try answer.texts("source").allSatisfy { $0?.hasPrefix("article-") == true })
    }
}
