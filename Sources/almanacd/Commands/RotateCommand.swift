import AlmanacServer
import ArgumentParser
import Foundation

/// `almanacd rotate`
struct RotateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate", abstract: "Replace the keys that sign states and certificates, under the root key.",
        discussion: """
            Do this once a year, and at once if somebody else may have read the data directory. It makes a new certificate authority \
            and a new checkpoint key, and delegates to them for two years. The root key signs that: bring the medium on which you \
            keep it, name the file by --root-key, and take it away again. The keys that are replaced are deleted.

            A running server takes the new keys over within seconds and stays connected; no device has to do anything, whether it is \
            online or asleep. A crash leaves the old keys or the new ones; simply rotate again.
            """)

    @OptionGroup var options: ServerOptions

    @Option(
        help: ArgumentHelp("The file of the root key (default: keys/root.key in the data directory).", valueName: "file"))
    var rootKey: String?

    @Option(
        help: ArgumentHelp(
            "The number of the new delegations (default: the next). After a restore from a backup, one above all that were used since.",
            valueName: "number"))
    var number: UInt64?

    func run() async throws {
        try await reporting {
            let directory = try await options.settings().directory
            let rotation = Rotation(directory: directory, rootKeyPath: rootKey, number: number)
            let outcome = try rotation.run(by: Operator.current, at: Clock.system.now())
            print("Rotated: delegation \(outcome.number) in place of \(outcome.former), until \(outcome.until)")
            printError(
                """
                A running server takes the new keys over within seconds. Take a new backup: keys from an older one are not believed \
                any more. Rotate again before the end, within a year at best.
                """)
            if FileManager.default.fileExists(atPath: directory.rootKey) {
                printError(
                    "The root key is still in \(directory.rootKey): move it to a medium that you keep offline, and name it by "
                        + "--root-key the next time.")
            } else {
                printError("Now take the root key away from this machine again.")
            }
        }
    }
}
