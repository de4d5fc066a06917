import AlmanacDataset
import AlmanacReplica
import Testing

@Suite struct CompareQuestionTests {
    private static func package() -> SmallPackage {
        var package = SmallPackage()
        package.addSource("one", "One page")
        package.addSource("two", "Another page")
        package.add("cluster", "clusters", "here", "Here")
        package.add("place", "places", "there", "There", ["kind": "city"])
        package.add("indicators", ["key": "share", "name": "Share", "kind": "share", "topic": "patents"])
        package.add("publication", "editions", "e-1", "First", ["series": "E", "year": "2020"])
        package.add("publication", "editions", "e-2", "Second", ["series": "E", "year": "2021"])
        func observe(_ key: String, _ subject: String, _ others: [String: String]) {
            let row = ["key": key, "subject": subject, "indicator": "share", "precision": "exact", "unit": "percent"]
            package.add("observations", row.merging(others) { $1 })
        }
        observe("a", "cluster/here", ["value": "1", "period": "2020", "edition": "e-1", "source": "one"])
        observe("b", "place/there", ["value": "2", "period": "2020", "edition": "e-1", "source": "two"])
        observe("c", "cluster/here", ["value": "3", "period": "2020", "edition": "e-2", "source": "one"])
        observe("d", "place/there", ["value": "4", "period": "2021", "edition": "e-2", "source": "one"])
        return package
    }

    @Test func onlyWhatComparesStandsOnOneRow() throws {
        let reply = try Self.package().ask { try AskedReply(CompareQuestion(["here", "there"]), $0) }
        let rows = try zip(
            reply.column("cluster/here value", of: "comparison"), reply.column("place/there value", of: "comparison"))
        let pairs = rows.map { [$0, $1] }
        #expect(Set(pairs) == [[.real(1), .real(2)], [.real(3), .null], [.null, .real(4)]])
        #expect(try reply.texts("sources", of: "comparison").first == "one two")
    }

    @Test func aPlaceBesideAClusterIsSaid() throws {
        let reply = try Self.package().ask { try AskedReply(CompareQuestion(["here", "there"]), $0) }
        #expect(reply.reply.notes.contains { $0.contains("Here is a cluster, There is a place") })
        let alike = try AskedReply(CompareQuestion(["cluster/beijing", "cluster/seoul"]), StarterDataset.reader())
        #expect(!alike.reply.notes.contains { $0.contains("is a cluster") })
    }

    @Test func nothingIsComparedWithItself() throws {
        #expect(throws: QuestionError.sameSubject(["Beijing", "cluster/beijing"], key: "cluster/beijing")) {
            try AskedReply(CompareQuestion(["Beijing", "cluster/beijing"]), StarterDataset.reader())
        }
    }

    @Test func noRowMixesEditions() throws {
        let reply = try AskedReply(CompareQuestion(["tokyo-yokohama", "beijing", "seoul"]), StarterDataset.reader())
        let editions = try reply.column("edition", of: "comparison")
        let records = try reply.texts("cluster/seoul record", of: "comparison")
        let ranks = zip(editions, records).filter { $1.hasPrefix("gii-") }
        #expect(!ranks.isEmpty)
        for (edition, record) in ranks {
            #expect(edition == .text(String(record.prefix { $0 != "/" })))
        }
    }
}
