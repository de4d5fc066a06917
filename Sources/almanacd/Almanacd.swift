import AlmanacServer
import ArgumentParser

/// The command line of the authority.
@main
struct Almanacd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "almanacd",
        abstract: "The authority of an Almanac dataset: holds it, serves it, invites its readers.",
        discussion: """
            Every option can also stand in the configuration file (almanacd.yaml) or in the environment: \
            listen.port is ALMANACD_LISTEN_PORT there. An option beats the environment, the environment beats the file.
            """,
        version: Software.version,
        subcommands: [
            InitCommand.self, ImportCommand.self, InviteCommand.self, PeopleCommand.self, DevicesCommand.self, TeamsCommand.self,
            RevokeCommand.self, RotateCommand.self, AuditCommand.self, ServeCommand.self, StatusCommand.self, InfoCommand.self,
            CheckCommand.self,
        ])
}
