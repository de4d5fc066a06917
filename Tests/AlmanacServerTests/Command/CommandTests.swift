import AlmanacModel
import Foundation
import Testing

@testable import AlmanacServer

/// The program as people and scripts meet it: data on stdout, sentences on stderr, exit codes.
@Suite struct CommandTests {
    private static let csv = "key,name\ntokyo,Tokyo\n"
    private static let cities = TestResource(
        name: "cities", fields: [TestResource.key, TestResource.field("name", "string", "\"required\": true")], csv: csv)

    /// One sentence, and nothing that looks like a program's inside.
    private func expectFailure(
        _ outcome: Program.Outcome, _ sentence: String, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(outcome.status == 1, sourceLocation: sourceLocation)
        #expect(outcome.output.isEmpty, sourceLocation: sourceLocation)
        #expect(outcome.error == "error: \(sentence)\n", sourceLocation: sourceLocation)
    }

    @Test func aDatasetFromItsFoundingToItsCheck() async throws {
        let folder = try TemporaryFolder()
        let data = ["--data", folder.path + "/data"]
        let founded = try await Program.run(["init", "--name", "test"] + data, in: folder)
        #expect(founded.status == 0)
        #expect(founded.output.contains("Root key SHA256:"))
        #expect(founded.error.contains("keep offline"))
        expectFailure(
            try await Program.run(["init", "--name", "again"] + data, in: folder),
            "there is a dataset in \(folder.path)/data already")

        try folder.write(Self.csv, to: "package/cities.csv")
        try folder.write("{\"name\": \"t\", \"resources\": [\(Self.cities.json)]}", to: "package/datapackage.json")
        let imported = try await Program.run(["import", folder.path + "/package"] + data, in: folder)
        #expect(imported.status == 0, "\(imported.error)")
        #expect(imported.output == "cities: 1 new, 0 changed, 0 unchanged\nCommitted as r2\n")
        let again = try await Program.run(["import", folder.path + "/package"] + data, in: folder)
        #expect(again.output == "cities: 0 new, 0 changed, 1 unchanged\nNothing is new: no commit was made\n")

        let info = try await Program.run(["info"] + data, in: folder)
        #expect(info.status == 0)
        #expect(info.output.contains("\nhead       r2\n"))
        #expect(info.error.isEmpty)
        let check = try await Program.run(["check"] + data, in: folder)
        #expect(check.status == 0, "\(check.output)\(check.error)")
    }

    @Test(arguments: [["info"], ["check"], ["serve"], ["import", "x"], ["invite", "lea"]])
    func withoutADatasetThereIsASentence(arguments: [String]) async throws {
        let folder = try TemporaryFolder()
        let outcome = try await Program.run(arguments + ["--data", folder.path], in: folder)
        expectFailure(
            outcome, "there is no dataset in \(folder.path): name its directory by --data, or found one by almanacd init")
    }

    @Test(arguments: [
        ["nothing"], ["import"], ["init"], ["init", "--name", ""], ["serve", "--port", "65536"], ["invite", "x", "--hours", "0"],
        ["invite", "x", "--grant", "Not A Stream"], ["invite", "x", "--host", "a/b"], ["info", "--nothing"],
        ["import", "x", "--problems", "0"], ["import", "x", "--mode", "delete"], ["import", "x", "--confirm-deletions", "1"],
        ["import", "x", "--mode", "replace", "--confirm-deletions=-1"], ["import", "x", "--neutralised"],
        ["import", "x", "--mapping", "m", "--table", "t"], ["import", "x", "--mapping", "m", "--mode", "replace"],
        ["import", "x", "--mappings", "m"], ["import", "x", "--mapping", "m", "--neutralised"],
    ])
    func misuseIsSixtyFour(arguments: [String]) async throws {
        let folder = try TemporaryFolder()
        let outcome = try await Program.run(arguments, in: folder)
        #expect(outcome.status == 64, "\(outcome.error)")
        #expect(outcome.output.isEmpty)
        #expect(!outcome.error.isEmpty)
    }

    @Test func threat32ManyDeletionsAreConfirmedByTheirNumber() async throws {
        let dataset = try TestDataset()
        try dataset.importPackage([Self.cities])
        try dataset.importCSV("key,name\nulm,Ulm\n", into: "cities")
        let path = try dataset.folder.write("key,name\nulm,Ulm\n", to: "cities.csv")
        let arguments = ["import", "--table", "cities", path, "--mode", "replace", "--data", dataset.directory.path]
        expectFailure(
            try await Program.run(arguments, in: dataset.folder),
            "this import deletes 1 of 2 records of cities; nothing was imported. If that is meant, confirm it by "
                + "--confirm-deletions 1")
        #expect(try dataset.id(of: "tokyo", in: "cities") != nil)
        let outcome = try await Program.run(arguments + ["--confirm-deletions", "1"], in: dataset.folder)
        #expect(outcome.output == "cities: 0 new, 0 changed, 1 unchanged, 1 deleted\nCommitted as r4\n")
        #expect(try dataset.id(of: "tokyo", in: "cities") == nil)
    }

    @Test func threat21ApostrophesOfAnExportAreTakenAwayOnRequest() async throws {
        let dataset = try TestDataset()
        try dataset.importPackage([Self.cities])
        let path = try dataset.folder.write("key,name\na,'=1\nb,'x\n", to: "cities.csv")
        let arguments = ["import", "--table", "cities", path, "--data", dataset.directory.path]
        #expect(try await Program.run(arguments, in: dataset.folder).status == 0)
        #expect(try dataset.record("a", in: "cities")?["name"] == .text("'=1"))
        #expect(try await Program.run(arguments + ["--neutralised"], in: dataset.folder).status == 0)
        #expect(try dataset.record("a", in: "cities")?["name"] == .text("=1"))
        #expect(try dataset.record("b", in: "cities")?["name"] == .text("'x"))
    }

    // MARK: Mappings

    private static let mapping = """
        {"almanac": "mapping/1", "title": "t", "collection": "cities", "fields": {"key": "{column:Code}", "name": "{column:Label}"}}
        """

    @Test func mappingsAreFoundByTheirName() async throws {
        let dataset = try TestDataset()
        try dataset.importPackage([Self.cities])
        let table = try dataset.folder.write("Code,Label\nulm,Ulm\n", to: "table.csv")
        let file = try dataset.folder.write(Self.mapping, to: "share/mappings/towns.json")
        try dataset.folder.write("{\"almanac\": \"mapping-part/1\"}", to: "share/mappings/part.json")
        let arguments = ["import", table, "--data", dataset.directory.path, "--mapping"]
        let imported = try await Program.run(
            arguments + ["towns", "--mappings", "\(dataset.folder.path)/share/mappings"], in: dataset.folder)
        #expect(imported.output == "cities: 1 new, 0 changed, 0 unchanged\nCommitted as r3\n", "\(imported.error)")
        let again = try await Program.run(
            arguments + ["towns"], ["ALMANAC_DATA": "\(dataset.folder.path)/share"], in: dataset.folder)
        #expect(again.output == "cities: 0 new, 0 changed, 1 unchanged\nNothing is new: no commit was made\n", "\(again.error)")
        #expect(try await Program.run(arguments + [file], in: dataset.folder).status == 0)
        expectFailure(
            try await Program.run(arguments + ["villages"], ["ALMANAC_DATA": "\(dataset.folder.path)/share"], in: dataset.folder),
            "there is no mapping villages in \(dataset.folder.path)/share/mappings; there are: towns")
        expectFailure(
            try await Program.run(arguments + ["towns", "--mappings", "/nowhere"], in: dataset.folder),
            "there is no mapping towns, nor any other in /nowhere: name their folder by --mappings")
    }

    @Test func badInputNamesFileRowColumnAndValue() async throws {
        let dataset = try TestDataset()
        try dataset.importPackage([Self.cities])
        let path = try dataset.folder.write("key,name\nulm,Ulm\nbern,\n", to: "cities.csv")
        let arguments = ["import", "--table", "cities", path, "--data", dataset.directory.path]
        expectFailure(
            try await Program.run(arguments, in: dataset.folder),
            "\(path), row 2 (line 3), column name: the value is required and missing.")
        #expect(try dataset.id(of: "ulm", in: "cities") == nil)
    }

    @Test(arguments: ["cut", "notjson", "missing"])
    func aMalformedPackageIsASentence(kind: String) async throws {
        let dataset = try TestDataset()
        switch kind {
        case "cut": try dataset.folder.write("{\"name\": \"t\", \"resources\": [", to: "p/datapackage.json")
        case "notjson": try dataset.folder.write("\u{1b}[31mhello", to: "p/datapackage.json")
        default: break
        }
        let outcome = try await Program.run(
            ["import", dataset.folder.path + "/p", "--data", dataset.directory.path], in: dataset.folder)
        #expect(outcome.status == 1)
        #expect(outcome.output.isEmpty)
        #expect(outcome.error.hasPrefix("error: ") && outcome.error.filter(\.isNewline).count == 1, "\(outcome.error)")
        #expect(!outcome.error.contains("\u{1b}"))
    }

    @Test func whatWasWrittenElsewhereMovesNoCursor() async throws {
        let dataset = try TestDataset()
        try dataset.importPackage([Self.cities], author: "l\u{1b}[2Jea", message: "a\u{202e}b\nc")
        let info = try await Program.run(["info", "--data", dataset.directory.path], in: dataset.folder)
        #expect(info.output.contains("by l\\u{1B}[2Jea: a\\u{202E}b\\nc\n"))
    }

    // MARK: Serving

    /// Waits until the server says where it listens.
    private func port(of program: Program) async throws -> Int {
        while true {
            if let match = try /address=\S*:(\d+)/.firstMatch(in: program.errorSoFar), let port = Int(match.1) { return port }
            await Task.yield()
        }
    }

    @Test func sigtermStopsInGoodOrder() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        let program = try Program(["serve", "--port", "0", "--data", dataset.directory.path], in: dataset.folder)
        _ = try await port(of: program)
        program.stop()
        let outcome = await program.outcome()
        #expect(outcome.status == 0)
        #expect(outcome.output.isEmpty)
        #expect(outcome.error.contains(" notice stopping connections=0\n"))
    }

    @Test func aPortInUseIsASentence() async throws {
        let (first, second) = (try TestDataset(at: Clock.system.now()), try TestDataset(at: Clock.system.now()))
        try await TestServer.serving(first) { server in
            let outcome = try await Program.run(
                ["serve", "--port", "\(server.port)", "--data", second.directory.path], in: second.folder)
            expectFailure(outcome, "127.0.0.1:\(server.port) is in use by another program.")
        }
    }

    @Test func threat28ASecondServerProcessIsRefused() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        try await TestServer.serving(dataset) { _ in
            let outcome = try await Program.run(
                ["serve", "--port", "0", "--data", dataset.directory.path], in: dataset.folder)
            expectFailure(
                outcome, "another server is serving this directory (it holds \(dataset.directory.lock)); stop it first")
        }
    }

    @Test func threat28OfManyServerProcessesOneServes() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        let programs = try (0..<12).map { _ in
            try Program(["serve", "--port", "0", "--data", dataset.directory.path], in: dataset.folder)
        }
        // All but one end by themselves.
        let outcomes = await withTaskGroup(of: Program.Outcome.self) { group in
            for program in programs { group.addTask { await program.outcome() } }
            var outcomes: [Program.Outcome] = []
            for await outcome in group {
                outcomes.append(outcome)
                if outcomes.count == programs.count - 1 { for program in programs { program.stop() } }
            }
            return outcomes
        }
        #expect(outcomes.dropLast().allSatisfy { $0.status == 1 && $0.error.contains("another server") })
        #expect(outcomes.last?.status == 0, "\(outcomes.last?.error ?? "")")
    }

    @Test func threat15ALooseKeyIsASentence() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        let key = dataset.directory.checkpointKey()
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: key)
        let outcome = try await Program.run(["serve", "--port", "0", "--data", dataset.directory.path], in: dataset.folder)
        expectFailure(outcome, "\(key) can be read by others than its owner: chmod 600 \(key)")
    }
}
