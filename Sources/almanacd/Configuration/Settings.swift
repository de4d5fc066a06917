import AlmanacPackage
import AlmanacServer
import Configuration
import Logging

/// What the commands use, read and checked; a value of the wrong type is an error, not a default.
struct Settings {
    let directory: DataDirectory
    let logLevel: Logger.Level
    let listenHost: String
    let listenPort: Int
    /// What clients are told; as configured, or where the server listens.
    let publicHost: String
    let publicPort: Int
    /// How it serves: where it listens, its limits and timeouts.
    let service: AlmanacService.Settings

    /// Every setting has one, so that reading it fails only where what was written is wrong. Empty: nothing was said.
    static let defaults: [Setting: String] = [
        .data: "/var/lib/almanacd", .logLevel: "info", .listenHost: "127.0.0.1", .listenPort: "7410", .publicHost: "",
        .publicPort: "", .metricsPort: "", .connections: "10000", .connectionsPerAddress: "256", .handshakes: "1024",
        .enrolments: "60", .operations: "30000", .handshakeTimeout: "10", .helloTimeout: "5", .messageTimeout: "30",
        .idleTimeout: "120",
        .stallTimeout: "600",
    ]

    init(_ config: ConfigReader) throws {
        directory = DataDirectory(try Self.text(.data, config))
        let level = try Self.text(.logLevel, config)
        guard let logLevel = Logger.Level(rawValue: level) else {
            throw Self.wrong(.logLevel, level, "none of trace, debug, info, notice, warning, error")
        }
        self.logLevel = logLevel
        listenHost = try Self.text(.listenHost, config)
        listenPort = try Self.port(.listenPort, config)
        publicHost = try Self.value(.publicHost, config).nonEmpty ?? listenHost
        publicPort = try Self.value(.publicPort, config).isEmpty ? listenPort : Self.port(.publicPort, config)
        service = try Self.service(config, host: listenHost, port: listenPort)
    }

    private static func service(_ config: ConfigReader, host: String, port: Int) throws -> AlmanacService.Settings {
        var service = AlmanacService.Settings(host: host, port: port)
        service.metricsPort = try value(.metricsPort, config).isEmpty ? nil : Self.port(.metricsPort, config)
        service.limits.connections = try count(.connections, config)
        service.limits.connectionsPerAddress = try count(.connectionsPerAddress, config)
        service.limits.handshakes = try count(.handshakes, config)
        service.limits.enrolmentsPerMinute = try count(.enrolments, config)
        service.limits.operationsPerMinute = try count(.operations, config)
        service.handshakeTimeout = try seconds(.handshakeTimeout, config)
        service.helloTimeout = try seconds(.helloTimeout, config)
        service.messageTimeout = try seconds(.messageTimeout, config)
        service.idleTimeout = try seconds(.idleTimeout, config)
        service.stallTimeout = try seconds(.stallTimeout, config)
        return service
    }

    private static func value(_ setting: Setting, _ config: ConfigReader) throws -> String {
        do {
            return try config.requiredString(forKey: ConfigKey(setting.rawValue))
        } catch {
            throw ConfigurationFailure(path: nil, reason: "\(setting.rawValue) has to be one value, not a list")
        }
    }

    private static func text(_ setting: Setting, _ config: ConfigReader) throws -> String {
        let text = try value(setting, config)
        guard !text.isEmpty else { throw ConfigurationFailure(path: nil, reason: "\(setting.rawValue) is empty") }
        return text
    }

    private static func port(_ setting: Setting, _ config: ConfigReader) throws -> Int {
        let text = try text(setting, config)
        guard let port = Int(text), (0...65_535).contains(port) else {
            throw wrong(setting, text, "not a port from 0 to 65535")
        }
        return port
    }

    private static func count(_ setting: Setting, _ config: ConfigReader) throws -> Int {
        try number(setting, config, in: 1...1_000_000)
    }

    private static func seconds(_ setting: Setting, _ config: ConfigReader) throws -> Duration {
        .seconds(try number(setting, config, in: 1...86_400))
    }

    private static func number(_ setting: Setting, _ config: ConfigReader, in range: ClosedRange<Int>) throws -> Int {
        let text = try text(setting, config)
        guard let number = Int(text), range.contains(number) else {
            throw wrong(setting, text, "not a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    private static func wrong(_ setting: Setting, _ value: String, _ why: String) -> ConfigurationFailure {
        ConfigurationFailure(path: nil, reason: "\(setting.rawValue) is \(VisibleText.quoted(value)), which is \(why)")
    }
}

extension String {
    fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
