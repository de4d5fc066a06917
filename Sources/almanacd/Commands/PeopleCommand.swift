import AlmanacModel
import AlmanacPackage
import AlmanacReplica
import AlmanacServer
import AlmanacWire
import ArgumentParser

/// `almanacd people`
struct PeopleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "people", abstract: "List everybody who was invited: roles, grants, devices, open invitations.")

    @OptionGroup var options: ServerOptions

    @Flag(help: "A line of JSON for each.")
    var json = false

    func run() async throws {
        try await reporting {
            let store = try await options.settings().directory.openStore()
            defer { try? store.close() }
            let people = try store.people(at: Clock.system.now())
            guard !json else { return try people.forEach { print(try JSONLine.text(Report($0))) } }
            guard !people.isEmpty else { return printError("Nobody was invited yet: almanacd invite NAME") }
            AlignedColumns.lines([["person", "role", "devices", "invitations", "grants"]] + people.map(Self.row)).forEach {
                print($0)
            }
        }
    }

    private static func row(_ standing: PersonStanding) -> [String] {
        let person = standing.person
        return [
            VisibleText.shortened(person.name, limit: 64), person.role.description, "\(standing.devices)",
            "\(standing.invitations)",
            person.grants.map(\.description).joined(separator: " "),
        ]
    }

    private struct Report: Encodable {
        let messageType = "person"
        let name: String
        let role: String
        let grants: [String]
        let devices: Int
        let invitations: Int

        init(_ standing: PersonStanding) {
            name = standing.person.name
            role = standing.person.role.description
            grants = standing.person.grants.map(\.description)
            devices = standing.devices
            invitations = standing.invitations
        }
    }
}
