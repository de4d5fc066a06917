import Foundation
import Testing

@testable import AlmanacServer

/// Options beat the environment, the environment beats the file, the file beats the defaults. A link shows what was taken.
@Suite struct ConfigurationTests {
    private let dataset: TestDataset

    init() throws { dataset = try TestDataset() }

    private func invite(
        _ arguments: [String] = [], file: String? = nil, _ environment: [String: String] = [:]
    ) async throws -> Program.Outcome {
        var arguments = ["invite", "lea"] + arguments
        var environment = environment
        if environment["ALMANACD_DATA"] == nil, file?.contains("data:") != true {
            environment["ALMANACD_DATA"] = dataset.directory.path
        }
        if let file { arguments += ["--config", try dataset.folder.write(file, to: "almanacd.yaml")] }
        return try await Program.run(arguments, environment, in: dataset.folder)
    }

    private func address(_ outcome: Program.Outcome, sourceLocation: SourceLocation = #_sourceLocation) -> String {
        #expect(outcome.status == 0, "\(outcome.error)", sourceLocation: sourceLocation)
        return String(outcome.output.dropFirst("almanac://".count).prefix { $0 != "/" })
    }

    @Test func theDefaultsAreLocal() async throws {
        #expect(address(try await invite()) == "127.0.0.1:7410")
    }

    @Test func theFileBeatsTheDefaults() async throws {
        let file = "listen:\n  host: 10.1.2.3\n  port: 1001\n"
        #expect(address(try await invite(file: file)) == "10.1.2.3:1001")
        let open = file + "public:\n  host: data.example.org\n  port: 2002\n"
        #expect(address(try await invite(file: open)) == "data.example.org:2002")
        #expect(address(try await invite(file: "data: \(dataset.directory.path)\nlisten: {port: 7}\n")) == "127.0.0.1:7")
    }

    @Test func theEnvironmentBeatsTheFile() async throws {
        let file = "listen:\n  host: 10.1.2.3\n  port: 1001\n"
        #expect(address(try await invite(file: file, ["ALMANACD_LISTEN_PORT": "3003"])) == "10.1.2.3:3003")
        #expect(address(try await invite(file: file, ["ALMANACD_PUBLIC_HOST": "h"])) == "h:1001")
    }

    @Test func optionsBeatTheEnvironment() async throws {
        let environment = ["ALMANACD_PUBLIC_PORT": "3003", "ALMANACD_PUBLIC_HOST": "other"]
        #expect(
            address(try await invite(["--port", "4004", "--host", "h"], file: "public: {port: 1}\n", environment)) == "h:4004")
        let elsewhere = ["ALMANACD_DATA": "/nowhere"]
        #expect(address(try await invite(["--data", dataset.directory.path], elsewhere)) == "127.0.0.1:7410")
    }

    @Test func theFileIsNamedByTheEnvironmentToo() async throws {
        let path = try dataset.folder.write("listen: {port: 5005}\n", to: "named.yaml")
        #expect(address(try await invite(["ALMANACD_CONFIG": path])) == "127.0.0.1:5005")
    }

    private func invite(_ environment: [String: String]) async throws -> Program.Outcome { try await invite([], environment) }

    private func invite(_ arguments: [String], _ environment: [String: String]) async throws -> Program.Outcome {
        try await invite(arguments, file: nil, environment)
    }

    @Test(arguments: ["", "# nothing yet\n\n  # listen:\n", "---\n"])
    func aFileThatSaysNothingIsFine(file: String) async throws {
        #expect(address(try await invite(file: file)) == "127.0.0.1:7410")
    }

    @Test func aKeyThatNothingReadsIsNamed() async throws {
        let outcome = try await invite(file: "listn: {port: 1}\nlog: {level: info, colour: red}\n")
        #expect(address(outcome) == "127.0.0.1:7410")
        let path = dataset.folder.path + "/almanacd.yaml"
        for key in ["listn.port", "log.colour"] {
            #expect(outcome.error.contains("warning: \(path) has a key that nothing reads: \(key)\n"))
        }
        #expect(!outcome.error.contains("reads: log.level"))
    }

    // MARK: What cannot be used

    @Test(arguments: [
        ("listen: {port: many}\n", "configuration: listen.port is \"many\", which is not a port from 0 to 65535"),
        ("listen: {port: 65536}\n", "configuration: listen.port is \"65536\", which is not a port from 0 to 65535"),
        ("listen: {port: [1, 2]}\n", "configuration: listen.port has to be one value, not a list"),
        (
            "log: {level: loud}\n",
            "configuration: log.level is \"loud\", which is none of trace, debug, info, notice, warning, error"
        ),
        ("data: \"\"\n", "configuration: data is empty"),
        ("listen: {port: 0}\n", "configuration: listen.port is 0: name the link's port by --port or public.port"),
        (
            "listen: {host: 0.0.0.0}\n",
            "configuration: no client can reach 0.0.0.0: name the link's host by --host or public.host"
        ),
    ])
    func aValueThatCannotBeUsedIsASentence(file: String, sentence: String) async throws {
        let outcome = try await invite(file: file)
        #expect(outcome.status == 1)
        #expect(outcome.output.isEmpty)
        #expect(outcome.error == "error: \(sentence)\n")
    }

    @Test(arguments: [
        "listen: [1\n", "- a\n- b\n", "just words\n", "listen: 5\n", "data: {a: b}\n", "a: [[1]]\n", "\u{0}\u{1}", "a: \"\\x\"\n",
        "a: &a [*a]\n",
    ])
    func aFileThatIsNoConfigurationIsOneSentenceThatNamesIt(file: String) async throws {
        let outcome = try await invite(file: file)
        #expect(outcome.status == 1, "\(outcome.output)")
        #expect(outcome.output.isEmpty)
        #expect(outcome.error.hasPrefix("error: configuration \(dataset.folder.path)/almanacd.yaml: "), "\(outcome.error)")
        #expect(outcome.error.filter(\.isNewline).count == 1, "\(outcome.error)")
    }

    @Test func aFileThatWasNamedHasToBeThere() async throws {
        let outcome = try await invite(["--config", "/nowhere/almanacd.yaml"])
        #expect(outcome.status == 1)
        #expect(outcome.error == "error: configuration /nowhere/almanacd.yaml: it cannot be read\n")
    }
}
