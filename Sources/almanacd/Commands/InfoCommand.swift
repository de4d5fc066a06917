import AlmanacModel
import AlmanacPackage
import AlmanacReplica
import AlmanacServer
import AlmanacWire
import ArgumentParser

/// `almanacd info`
struct InfoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "info", abstract: "Show what the dataset is: epoch, head, streams, keys.")

    @OptionGroup var options: ServerOptions

    func run() async throws {
        try await reporting {
            let directory = try await options.settings().directory
            let store = try directory.openStore()
            defer { try? store.close() }
            try showHead(store)
            try showKeys(AuthorityKeys.load(directory))
            try showStreams(store)
        }
    }

    private func showHead(_ store: AuthorityDatabase) throws {
        let head = try store.head()
        print("name       \(shown(try store.name()))")
        print("dataset    \(head.dataset)")
        print("epoch      \(head.epoch)")
        print("head       \(head.sequence)")
        if let commit = try store.lastCommit() {
            let header = commit.header
            print("committed  \(header.time) by \(shown(header.author.string)): \(shown(header.message.string))")
        }
        print("root       \(head.root)")
    }

    private func showKeys(_ keys: AuthorityKeys) throws {
        print("root key   SHA256:\(try keys.pin())")
        let delegation = keys.chain.checkpointKey.statement
        print("delegated  until \(delegation.until), delegation \(delegation.number)")
    }

    private func showStreams(_ store: AuthorityDatabase) throws {
        print("open       \((["reference"] + (try store.openStreams().map(\.description))).joined(separator: " "))")
        for stream in try store.streams() {
            print("stream     \(stream.name): \(stream.count) records, last changed in \(stream.lastChange)")
        }
    }

    /// Nothing that was written elsewhere moves a terminal's cursor.
    private func shown(_ text: String) -> String { VisibleText.shortened(text, limit: 200) }
}
