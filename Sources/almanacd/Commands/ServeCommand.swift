import AlmanacServer
import ArgumentParser
import Foundation
import Logging
import ServiceLifecycle
import UnixSignals

/// `almanacd serve`
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Serve the dataset until SIGTERM or SIGINT; what is open is finished first.")

    @OptionGroup var options: ServerOptions

    @Option(help: ArgumentHelp("The address to listen on (configuration: listen.host, default 127.0.0.1).", valueName: "address"))
    var host: String?

    @Option(help: ArgumentHelp("The port (configuration: listen.port, default 7410; 0: any).", valueName: "port"))
    var port: Int?

    func validate() throws {
        guard port.map((0...65_535).contains) ?? true else { throw ValidationError("--port goes from 0 to 65535") }
    }

    func run() async throws {
        try await reporting {
            var own: [Setting: String] = [:]
            own[.listenHost] = host
            own[.listenPort] = port.map(String.init)
            let settings = try await options.settings(own)
            var logger = Logger(label: "almanacd") { _ in LineLogHandler() }
            logger.logLevel = settings.logLevel
            let service = AlmanacService(
                directory: settings.directory, settings: settings.service, logger: logger,
                notifier: ServiceNotifier(environment: ProcessInfo.processInfo.environment))
            let group = ServiceGroup(
                configuration: ServiceGroupConfiguration(
                    services: [.init(service: service, successTerminationBehavior: .gracefullyShutdownGroup)],
                    gracefulShutdownSignals: [.sigterm, .sigint],
                    logger: Logger(label: "lifecycle") { _ in SwiftLogNoOpLogHandler() }))
            try await group.run()
        }
    }
}
