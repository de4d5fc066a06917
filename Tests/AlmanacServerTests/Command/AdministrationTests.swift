import AlmanacModel
import AlmanacReplica
import Foundation
import Testing

@testable import AlmanacServer

/// People, keys and history, as operators and scripts meet them.
@Suite struct AdministrationTests {
    private func run(_ arguments: [String], _ dataset: TestDataset) async throws -> Program.Outcome {
        try await Program.run(arguments + ["--data", dataset.directory.path], ["SUDO_USER": "olga"], in: dataset.folder)
    }

    private func people(_ dataset: TestDataset) throws -> [Person] {
        try dataset.store.people(at: TestDataset.founded).map(\.person)
    }

    @Test func anInvitationSaysWhatItHasChanged() async throws {
        let dataset = try TestDataset()
        let new = try await run(["invite", "lea"], dataset)
        #expect(new.status == 0 && new.error.hasPrefix("Worth one certificate for lea (reader) until "), "\(new.error)")
        let more = try await run(["invite", "lea", "--role", "curator", "--grant", "rankings"], dataset)
        #expect(more.error.contains("lea is curator now; before: reader\n"))
        #expect(more.error.contains("lea has the grants rankings now; before: none\n"))
        let same = try await run(["invite", "lea"], dataset)
        #expect(same.error.hasPrefix("lea is known: role and grants stay as they are\n"))
        #expect(try people(dataset) == [Person(name: "lea", role: .curator, grants: [try #require(StreamPattern("rankings"))])])
        let less = try await run(["invite", "lea", "--no-grants"], dataset)
        #expect(less.error.contains("lea has the grants none now; before: rankings\n"))
        #expect(try people(dataset) == [Person(name: "lea", role: .curator, grants: [])])
        let shown = try await run(["people"], dataset)
        #expect(shown.output.contains("lea     curator"), "\(shown.output)")
    }

    @Test(arguments: [["LEA"], ["Lea "], ["!"]])
    func aNameThatIsNobodysOwnIsASentence(arguments: [String]) async throws {
        let dataset = try TestDataset()
        _ = try await run(["invite", "lea"], dataset)
        let outcome = try await run(["invite"] + arguments, dataset)
        #expect(outcome.status == 1 && outcome.output.isEmpty && outcome.error.hasPrefix("error: "), "\(outcome.error)")
        #expect(try people(dataset).map(\.name) == ["lea"])
    }

    @Test(arguments: [
        ["invite", "lea", "--role", "king"], ["invite", "lea", "--no-grants", "--grant", "*"], ["audit", "--since", "yesterday"],
        ["rotate", "--number", "-1"],
    ])
    func misuseIsSixtyFour(arguments: [String]) async throws {
        let outcome = try await Program.run(arguments, in: TemporaryFolder())
        #expect(outcome.status == 64 && outcome.output.isEmpty, "\(outcome.error)")
    }

    @Test func threat30_rotatingSaysWhatToDoNext() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        let medium = dataset.folder.path + "/medium.key"
        try FileManager.default.moveItem(atPath: dataset.directory.rootKey, toPath: medium)
        let missing = try await run(["rotate"], dataset)
        #expect(missing.status == 1)
        #expect(missing.error == "error: there is no root key in \(dataset.directory.rootKey): name its file by --root-key\n")
        let done = try await run(["rotate", "--root-key", medium], dataset)
        #expect(done.status == 0, "\(done.error)")
        #expect(done.output.hasPrefix("Rotated: delegation 2 in place of 1, until 20"))
        #expect(done.error.contains("take the root key away"))
        #expect(try await run(["info"], dataset).output.contains(", delegation 2\n"))
        #expect(try await run(["audit"], dataset).output.contains("  olga  rotated: delegation 2, until 20"))
    }

    @Test func theHistoryIsForPeopleAndForPrograms() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        _ = try await run(["invite", "lea", "--role", "annotator"], dataset)
        _ = try TestDevice("laptop", enrolledAs: "lea", in: dataset)
        _ = try await run(["revoke", "lea", "laptop"], dataset)
        let all = try await run(["audit"], dataset)
        let lines = all.output.split(separator: "\n").map(String.init)
        #expect(lines.count == 5, "\(all.output)")
        #expect(lines.first?.contains("  almanacd  committed r1: A new dataset: clusters") == true)
        #expect(lines.contains { $0.contains("  olga  invited lea: new; annotator, grants: none; until ") })
        #expect(lines.contains { $0.contains("  lea (laptop)  enrolled lea: device laptop, key ") })
        #expect(lines.last?.contains("  olga  revoked lea: device laptop, key ") == true)
        let json = try await run(["audit", "--json", "--person", "lea"], dataset).output.split(separator: "\n")
        #expect(json.count == 4)
        #expect(json.first?.hasPrefix("{\"act\":\"invited\",\"actor\":\"olga\",\"detail\":\"new; annotator") == true)
        #expect(json.allSatisfy { $0.contains("\"message_type\":\"act\"") })
        #expect(try await run(["audit", "--since", "2999-01-01"], dataset).output.isEmpty)
    }

    /// A device names itself, and a commit says what it likes.
    @Test func threat24_nothingInTheHistoryCommandsATerminal() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        let hostile = "x\u{1b}[2J\u{9b}1m\u{202e}\u{2028}\r\ny"
        let now = Clock.system.now()
        let entry = AuditEntry(
            time: now, actor: .device(hostile, of: hostile), act: AuditAct(rawValue: hostile), person: hostile, detail: hostile)
        try dataset.store.note(entry)
        try dataset.store.note(
            AuditEntry(time: now, actor: .operator(hostile), act: .revoked, person: nil, detail: "after \(hostile)"))
        for arguments in [["audit"], ["audit", "--json"]] {
            let outcome = try await run(arguments, dataset)
            #expect(outcome.output.split(separator: "\n").count == 3, "\(outcome.output)")
            let harmful = outcome.output.unicodeScalars.filter { scalar in
                scalar != "\n" && [.control, .format, .lineSeparator].contains(scalar.properties.generalCategory)
            }
            #expect(harmful.isEmpty)
        }
    }
}
