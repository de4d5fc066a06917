import ArgumentParser
import Configuration
import Foundation

/// What every command needs to know: where the data is, and how to speak.
struct ServerOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The configuration file (default: \(ConfigurationFile.standardPath), if it is there).", valueName: "file"))
    var config: String?

    @Option(name: .long, help: ArgumentHelp("The data directory (configuration: data).", valueName: "directory"))
    var data: String?

    @Option(
        name: .long,
        help: ArgumentHelp("trace, debug, info, notice, warning or error (configuration: log.level).", valueName: "level"))
    var logLevel: String?

    /// Options first, then the environment, then the file. The command's own options come as further values.
    func settings(_ more: [Setting: String] = [:]) async throws -> Settings {
        var options = more
        options[.data] = data
        options[.logLevel] = logLevel
        var providers: [any ConfigProvider] = [
            provider("options", options), EnvironmentVariablesProvider().prefixKeys(with: "almanacd"),
        ]
        let file = try await ConfigurationFile.read(config ?? ProcessInfo.processInfo.environment["ALMANACD_CONFIG"])
        if let file {
            for key in file.unknownKeys { printError("warning: \(file.path) has a key that nothing reads: \(key)") }
            providers.append(file.provider)
        }
        providers.append(provider("defaults", Settings.defaults))
        return try Settings(ConfigReader(providers: providers))
    }

    private func provider(_ name: String, _ values: [Setting: String]) -> InMemoryProvider {
        let pairs = values.map { (AbsoluteConfigKey(ConfigKey($0.rawValue)), ConfigValue(.string($1), isSecret: false)) }
        return InMemoryProvider(name: name, values: Dictionary(uniqueKeysWithValues: pairs))
    }
}
