import AlmanacModel
import AlmanacPackage
import AlmanacReplica
import AlmanacServer
import ArgumentParser

extension TeamsCommand {
    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "create", abstract: "Make a team.")

        @OptionGroup var options: ServerOptions

        @Argument(help: "The team's name: lower-case letters, digits, hyphens.")
        var name: String

        @Option(help: ArgumentHelp("Who says who belongs to it; may be repeated.", valueName: "person"))
        var owner: [String]

        @Option(help: ArgumentHelp("What people call it.", valueName: "text"))
        var title: String?

        func validate() throws {
            _ = try teamName(name)
            guard !owner.isEmpty else { throw ValidationError("a team needs an owner: --owner PERSON") }
        }

        func run() async throws {
            try await keeping(options) { try $0.create(teamName(name), title: title, owners: owner) }
            print("Made the team \(name)")
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add", abstract: "Make somebody a member of a team, or an owner.")

        @OptionGroup var options: ServerOptions
        @OptionGroup var place: Place

        @Flag(help: "An owner, who says who belongs to it.")
        var owner = false

        func run() async throws {
            let isNew = try await keeping(options) {
                try $0.add(place.person, to: teamName(place.team), as: owner ? .owner : .member)
            }
            let role = owner ? "an owner" : "a member"
            print("\(place.shownPerson) is \(isNew ? "now" : "already") \(role) of \(place.team)")
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "remove", abstract: "Take somebody out of a team.")

        @OptionGroup var options: ServerOptions
        @OptionGroup var place: Place

        @Flag(help: "An owner becomes a member like others.")
        var owner = false

        func run() async throws {
            let isNew = try await keeping(options) {
                try $0.remove(place.person, from: teamName(place.team), as: owner ? .owner : .member)
            }
            let role = owner ? "an owner" : "a member"
            print("\(place.shownPerson) is \(isNew ? "no longer" : "not") \(role) of \(place.team)")
        }
    }

    /// Who, and in which team.
    struct Place: ParsableArguments {
        @Argument(help: "The team's name.")
        var team: String

        @Argument(help: "The person's name.")
        var person: String

        var shownPerson: String { VisibleText.shortened(person, limit: 64) }

        func validate() throws { _ = try teamName(team) }
    }
}

private func teamName(_ text: String) throws -> TeamName {
    guard let name = TeamName(text) else {
        throw ValidationError(
            "a team's name has 1 to \(TeamName.maximumByteCount) lower-case letters, digits and hyphens, and begins with no hyphen"
        )
    }
    return name
}

/// With the dataset's store open.
private func keeping<Result: Sendable>(_ options: ServerOptions, _ work: (TeamKeeper) throws -> Result) async throws -> Result {
    var result: Result?
    try await reporting {
        let store = try await options.settings().directory.openStore()
        defer { try? store.close() }
        result = try work(TeamKeeper(store, now: Clock.system.now()))
    }
    guard let result else { throw ExitCode.failure }
    return result
}
