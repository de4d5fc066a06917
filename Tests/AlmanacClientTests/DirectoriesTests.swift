import Testing

@testable import AlmanacClient

/// The XDG directories.
struct DirectoriesTests {
    @Test func defaultsStandBelowHome() throws {
        let directories = try ClientDirectories(environment: ["HOME": "/home/lea/"])
        #expect(directories.configuration == "/home/lea/.config/almanac")
        #expect(directories.data == "/home/lea/.local/share/almanac")
        #expect(directories.state == "/home/lea/.local/state/almanac")
    }

    @Test func variablesWinAndRelativeOnesAreIgnored() throws {
        let directories = try ClientDirectories(environment: [
            "HOME": "/h", "XDG_CONFIG_HOME": "/c/", "XDG_DATA_HOME": "data", "XDG_STATE_HOME": "",
        ])
        #expect(directories.configuration == "/c/almanac")
        #expect(directories.data == "/h/.local/share/almanac")
        #expect(directories.state == "/h/.local/state/almanac")
    }

    @Test(arguments: [[:], ["HOME": ""], ["HOME": "relative"]])
    func withoutAHomeThereIsNoPlace(_ environment: [String: String]) {
        #expect(throws: ClientError.noHome) { try ClientDirectories(environment: environment) }
    }
}
