import AlmanacModel
import AlmanacRules
import Testing

@Suite struct DatasetPermissionTests {
    private let clusters = CollectionID(16)

    private func changes(in stream: String) throws -> [ResolvedChange] {
        let (clusters, stream) = (try #require(clusters), try People.stream(stream))
        let record = try People.record(clusters, [:])
        return [.make(clusters, in: stream, values: []), .edit(record, in: stream, []), .delete(record, in: stream)]
    }

    @Test func curatorsAndAboveChangeTheDataset() throws {
        for role in Role.allCases {
            for change in try changes(in: "rankings") {
                let expected = role >= .curator ? nil : Refusal.role(role, needed: .curator, to: .changeDataset)
                #expect(try People.with(role).refusal(change) == expected)
            }
        }
    }

    @Test func threat13_nobodyChangesWhatTheyMayNotRead() throws {
        let stream = try People.stream("investments/asia")
        let curator = WritePermission(Rights(person: "lea", role: .curator, open: [.exactly(try People.stream("rankings"))]))
        for change in try changes(in: "investments/asia") { #expect(curator.refusal(change) == .notReadable(stream)) }
        #expect(throws: Refusal.notReadable(stream)) { try curator.checkReading(stream) }
        #expect(throws: Never.self) { try curator.checkReading(.reference) }
    }

    @Test func theDatasetIsNotKeptInWorkingStreams() throws {
        let member = try People.with(.administrator, teams: ["apac": .owner])
        for stream in ["team/apac", "curation", "roster/apac", "people/lea"] {
            let make = try changes(in: stream)[0]
            #expect(try member.refusal(make) == .misplaced(#require(clusters), People.stream(stream)))
        }
    }

    @Test func nobodyMovesItByHand() throws {
        let record = try People.record(#require(clusters), [:])
        let move = ResolvedChange.move(record, from: try People.stream("rankings"), to: try People.stream("investments"))
        #expect(try People.with(.administrator).refusal(move) == .notByPeople(.move, #require(clusters)))
    }

    @Test(arguments: [1, 2, 3, 7, 15] as [UInt64]) func nobodyTouchesWhatDescribesTheDatasetOrIsReserved(id: UInt64) throws {
        let (collection, reference) = (try #require(CollectionID(id)), StreamName.reference)
        let record = try People.record(collection, [:])
        for change in [
            ResolvedChange.make(collection, in: reference, values: []), .edit(record, in: reference, []),
            .delete(record, in: reference), .move(record, from: reference, to: try People.stream("rankings")),
        ] {
            #expect(try People.with(.administrator).refusal(change) == .notByPeople(change.action, collection))
        }
    }

    /// Receipts carry the sentence, which has at most 512 bytes there.
    @Test func sentencesAreShortAndNameThings() throws {
        let long = Text(String(repeating: "e\u{301}", count: 40_000))
        let stream = try People.stream(String(repeating: "s", count: 128))
        let team = try #require(TeamName(String(repeating: "t", count: 48)))
        for refusal in [
            Refusal.notAuthor(.edit, author: long), .resolved(by: long), .notReadable(stream), .notMember(team), .notOwner(team),
            .notNaming(AnnotationSchema.closedBy, of: AnnotationSchema.collection, person: String(repeating: "p", count: 64)),
            .misplaced(TeamSchema.collection, stream), .role(.reader, needed: .curator, to: .changeDataset), .notTheirs(stream),
        ] {
            #expect(refusal.description.utf8.count < 512, "\(refusal)")
        }
        #expect(
            Refusal.role(.reader, needed: .annotator, to: .annotate).description
                == "annotating takes the role annotator, and yours is reader: ask an administrator")
        #expect(Refusal.fixedField(TeamSchema.collection, TeamSchema.name).description.contains("name of teams"))
    }
}
