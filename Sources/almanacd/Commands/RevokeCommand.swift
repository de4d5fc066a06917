import AlmanacPackage
import AlmanacReplica
import AlmanacServer
import ArgumentParser

/// `almanacd revoke`
struct RevokeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "Shut a person's device out for ever, or all of them.",
        discussion: """
            A running server cuts it off within seconds; its key can never enrol again, and a new invitation makes a new device. When \
            the device next asks a server it removes its local copy and keeps what was written there and not sent; what it does not \
            ask, or somebody has copied, stays readable. Without a device all of the person's are revoked, and links that nobody has \
            used are worth nothing.
            """)

    @OptionGroup var options: ServerOptions

    @Argument(help: "The person's name.")
    var person: String

    @Argument(help: "The device's name; all of the person's devices if none is named.")
    var device: String?

    @Option(help: ArgumentHelp("The beginning of the device's key, as almanacd devices lists it.", valueName: "beginning"))
    var key: String?

    func validate() throws {
        if let key, !(4...64).contains(key.utf8.count) || !key.allSatisfy(\.isHexDigit) {
            throw ValidationError("--key takes the first 4 or more hexadecimal digits of a device's key.")
        }
    }

    func run() async throws {
        try await reporting {
            let store = try await options.settings().directory.openStore()
            defer { try? store.close() }
            let revocation = try store.revoke(device, key: key, of: person, by: Operator.current, at: Clock.system.now())
            for standing in revocation.devices {
                let (person, device) = (standing.device.person.name, standing.device.name)
                print("Revoked \(VisibleText.shortened(device, limit: 64)) of \(VisibleText.shortened(person, limit: 64))")
            }
            if revocation.invitations > 0 { print("Ended \(revocation.invitations) open invitations") }
            if revocation.devices.isEmpty, revocation.invitations == 0 { print("Nothing was left to revoke") }
        }
    }
}
