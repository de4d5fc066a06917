import AlmanacModel
import AlmanacPackage
import AlmanacReplica
import AlmanacServer
import AlmanacWire
import ArgumentParser

/// `almanacd devices`
struct DevicesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "devices", abstract: "List the devices that have enrolled, revoked ones too.",
        discussion: "The key is the SHA-256 hash of the device's public key, as certificates have it.")

    @OptionGroup var options: ServerOptions

    @Argument(help: "Whose; everybody's if nobody is named.")
    var person: String?

    @Flag(help: "A line of JSON for each.")
    var json = false

    func run() async throws {
        try await reporting {
            let store = try await options.settings().directory.openStore()
            defer { try? store.close() }
            let devices = try store.devices(of: person)
            guard !json else { return try devices.forEach { print(try JSONLine.text(DeviceReport($0))) } }
            guard !devices.isEmpty else { return printError("No device has enrolled\(person.map { " for \($0)" } ?? "") yet.") }
            AlignedColumns.lines([["person", "device", "key", "enrolled", ""]] + devices.map(Self.row)).forEach { print($0) }
        }
    }

    private static func row(_ standing: DeviceStanding) -> [String] {
        let device = standing.device
        return [
            VisibleText.shortened(device.person.name, limit: 64), VisibleText.shortened(device.name, limit: 64),
            String(device.fingerprint.description.prefix(16)), standing.enrolled.description,
            standing.revoked.map { "revoked \($0)" } ?? "",
        ]
    }
}

/// A device for programs.
struct DeviceReport: Encodable {
    let messageType = "device"
    let person: String
    let device: String
    let key: String
    let enrolled: String
    let revoked: String?

    init(_ standing: DeviceStanding) {
        person = standing.device.person.name
        device = standing.device.name
        key = standing.device.fingerprint.description
        enrolled = standing.enrolled.description
        revoked = standing.revoked?.description
    }
}
