import AlmanacModel
import AlmanacReplica
import Testing

@testable import AlmanacClient

/// What one collection looks like as CSV and as JSON Lines, and what of it is left out.
struct ExportTextTests {
    private let source: TemporaryDirectory

    init() throws { source = try PlacesAndNotes.folder() }

    @Test func threats21FormulasAreNeutralisedUnlessRaw() async throws {
        let scene = try await ExportScene.synced(source.path)
        #expect(try scene.text("places", as: .csv).hasPrefix("key,name\r\na,'=1+1\r\n"))
        #expect(try scene.text("places", as: .csv, raw: true).hasPrefix("key,name\r\na,=1+1\r\n"))
        #expect(try scene.text("places", as: .ndjson).hasPrefix("{\"key\":\"a\",\"name\":\"=1+1\"}\n"))
        try scene.export(["places"], as: .csv, raw: true, to: "raw.csv")
        try scene.export(["places"], as: .csv, to: "safe.csv")
        #expect(try scene.read("raw.csv").contains("\r\na,=1+1\r\n"))
        #expect(try scene.read("safe.csv").contains("\r\na,'=1+1\r\n"))
    }

    @Test func threats19ControlCharactersAreVisibleOnStandardOutputAndExactInFiles() async throws {
        let scene = try await ExportScene.synced(source.path)
        #expect(try scene.text("places", as: .csv).contains("b,tab\tand \\u{1B}[31m\r\n"))
        #expect(try scene.text("places", as: .csv, raw: true).contains("b,tab\tand \u{1b}[31m\r\n"))
        #expect(try scene.text("places", as: .ndjson).contains("\\u001b[31m"))
        try scene.export(["places"], as: .csv, to: "places.csv")
        #expect(try scene.read("places.csv").contains("b,tab\tand \u{1b}[31m\r\n"))
    }

    @Test func referencesAreKeysAndTheOrderIsThatOfTheRecords() async throws {
        let scene = try await ExportScene.synced(source.path)
        #expect(try scene.text("notes", as: .csv) == "key,place,other\r\nn1,a,b\r\nn2,../c,\r\n")
        #expect(try scene.text("notes", as: .ndjson).hasSuffix("{\"key\":\"n2\",\"place\":\"../c\",\"other\":null}\n"))
    }

    @Test func anUnknownCollectionSuggestsANearOne() async throws {
        let scene = try await ExportScene.synced(source.path)
        let near = ClientError.unknownCollection("placs", near: "places", known: ["places", "notes"])
        #expect(throws: near) { try scene.export(["notes", "placs"]) }
        #expect(throws: ClientError.unknownCollection("schema_field", near: nil, known: ["places", "notes"])) {
            try scene.text("schema_field", as: .csv)
        }
        #expect(FailureReport(near).status == .usage)
        #expect(try scene.names().isEmpty)
    }

    @Test func standardOutputTakesOneTable() async throws {
        let scene = try await ExportScene.synced(source.path)
        for request in [
            ExportRequest(collections: [], format: .csv, isRaw: false),
            ExportRequest(collections: ["places"], format: .datapackage, isRaw: false),
        ] {
            let report = try #require(
                #expect(throws: ClientError.self) { try scene.exporter().export(request, isMessages: false) { _ in } })
            #expect(FailureReport(report).status == .usage)
        }
    }

    @Test func whatMayNotBeReadIsEmptyAndCounted() async throws {
        let scene = try await ExportScene.synced(source.path, grants: [.exactly(try #require(StreamName("notes")))])
        let summary = try scene.export()
        #expect(summary.streams.map(\.rawValue) == ["notes", "reference"])
        let notes = try #require(summary.tables.first { $0.name.rawValue == "notes" }?.notes)
        let (place, other) = (try #require(Identifier("place")), try #require(Identifier("other")))
        #expect(
            notes == [
                .referencesElsewhere(place, count: 2, isRequired: true),
                .referencesElsewhere(other, count: 1, isRequired: false),
            ])
        #expect(try scene.read("out/places.csv") == "key,name\r\n")
        #expect(try scene.read("out/notes.csv") == "key,place,other\r\nn1,,\r\nn2,,\r\n")
        // It imports: the constraint that no row could obey is not there.
        _ = try LiveAuthority(package: scene.path)
        #expect(try !scene.read("out/datapackage.json").contains("\"required\""))
    }

    @Test func aReferenceToATableThatIsNotExportedIsAText() async throws {
        let scene = try await ExportScene.synced(source.path)
        let summary = try scene.export(["notes"])
        #expect(summary.tables.first?.notes.count == 2)
        #expect(try scene.read("out/notes.csv").contains("n1,a,b"))
        #expect(try !scene.read("out/datapackage.json").contains("foreignKeys"))
        _ = try LiveAuthority(package: scene.path)
    }
}
