import AlmanacCrypto
import AlmanacModel
import AlmanacReplica
import AlmanacWire
import Foundation
import Testing

@testable import AlmanacClient

/// Which authority a command is about, and where its files are.
struct ContextStoreTests {
    private let home: TemporaryDirectory
    private let store: ContextStore

    init() throws {
        home = try TemporaryDirectory()
        store = ContextStore(directories: try ClientDirectories(environment: ["HOME": home.path]))
    }

    private func enrol(_ text: String, invitation: UInt8 = 1) throws -> Context {
        let name = try #require(ContextName(text))
        let hash = try #require(Hash32(bytes: [UInt8](repeating: invitation, count: 32)))
        let settings = ContextSettings(
            address: ServerAddress(host: "h", port: 1), pin: hash,
            dataset: try #require(UniqueID(bytes: [UInt8](repeating: 2, count: 16))),
            datasetName: text, person: "lea", role: .reader, device: "laptop", until: Instant(clamping: 1_800_000_000_000),
            invitation: hash)
        let pending = try store.pending(hash)
        try FileSync.write([1], to: pending.key)
        return try store.complete(pending, as: name, settings)
    }

    private func chosen(option: String? = nil, environment: [String: String] = [:]) throws -> String {
        let chosen = try store.choose(option: option, environment: environment)
        return "\(chosen.context.name) by \(chosen.origin.rawValue)"
    }

    // MARK: Choosing

    @Test func nothingIsChosenBeforeAnEnrolment() {
        #expect(throws: ClientError.notEnrolled) { try chosen() }
    }

    @Test func theOrderOfOriginsAndTheirNames() throws {
        for name in ["one", "two", "three"] { _ = try enrol(name, invitation: UInt8(name.count)) }
        #expect(try chosen() == "one by configuration")
        try store.use(try #require(ContextName("two")))
        #expect(try chosen() == "two by configuration")
        #expect(try chosen(environment: ["ALMANAC_CONTEXT": "three"]) == "three by ALMANAC_CONTEXT")
        #expect(try chosen(environment: ["ALMANAC_CONTEXT": ""]) == "two by configuration")
        #expect(try chosen(option: "one", environment: ["ALMANAC_CONTEXT": "three"]) == "one by --context")
    }

    @Test func theOnlyOneNeedsNoChoice() throws {
        _ = try enrol("one")
        try FileManager.default.removeItem(atPath: "\(home.path)/.config/almanac/current")
        #expect(try chosen() == "one by the only one")
        _ = try enrol("two", invitation: 2)
        #expect(throws: ClientError.noContextChosen(["one", "two"].compactMap(ContextName.init))) { try chosen() }
    }

    @Test func aContextThatIsNotThereIsNamed() throws {
        _ = try enrol("one")
        let missing = try #require(ContextName("gone"))
        #expect(throws: ClientError.unknownContext(missing, known: ["one"].compactMap(ContextName.init))) {
            try chosen(option: "gone")
        }
        #expect(throws: ClientError.unknownContext(missing, known: ["one"].compactMap(ContextName.init))) {
            try store.use(missing)
        }
    }

    @Test(arguments: [
        "", ".", "..", "../x", "a/b", "a\\b", "-a", "A", "a b", "a\u{0}", "a\n", "é", ".pending-1", "~", "$HOME", "a.b", "＊",
        String(repeating: "a", count: 65),
    ])
    func threats29NoNameFromOutsideBecomesAPath(_ text: String) throws {
        #expect(ContextName(text) == nil)
        _ = try enrol("one")
        #expect(throws: ClientError.invalidContextName(text)) { try store.choose(option: text, environment: [:]) }
        let name = try store.freeName(wanted: nil, dataset: text)
        #expect(name == .fallback)
    }

    @Test func namesOfDatasetsThatAreTakenGetANumber() throws {
        #expect(try store.freeName(wanted: nil, dataset: "field").rawValue == "field")
        _ = try enrol("field")
        #expect(try store.freeName(wanted: nil, dataset: "field").rawValue == "field-2")
        let taken = try #require(ContextName("field"))
        #expect(throws: ClientError.contextExists(taken)) { try store.freeName(wanted: taken, dataset: "x") }
    }

    // MARK: Files

    @Test func settingsComeBackAsTheyWere() throws {
        let context = try enrol("one")
        #expect(try store.context(context.name) == context)
        #expect(try store.context(of: context.settings.invitation) == context)
    }

    @Test(arguments: ["", "{}", "null", "[1]", "{\"host\":1}", "\u{fe}"])
    func damagedSettingsAreSaid(_ text: String) throws {
        let context = try enrol("one")
        try home.write(text, to: ".config/almanac/contexts/one/context.json")
        #expect(throws: ClientError.self) { try store.context(context.name) }
    }

    @Test func anIncompleteEnrolmentIsNoContext() throws {
        let hash = try #require(Hash32(bytes: [UInt8](repeating: 9, count: 32)))
        let pending = try store.pending(hash)
        let key = try DeviceCredentials.loadOrMakeKey(pending)
        #expect(try store.names().isEmpty)
        #expect(try DeviceCredentials.loadOrMakeKey(store.pending(hash)).publicKey == key.publicKey)
    }

    /// A unit that syncs may write in them and makes none beside them.
    @Test func anEnrolmentMakesTheDirectoriesOfLaterSyncs() throws {
        _ = try enrol("one")
        for path in [store.directories.configuration, store.directories.data, store.directories.state] {
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o700, "\(path)")
        }
    }

    @Test func forgetLeavesNothing() throws {
        let context = try enrol("one")
        try home.write("rows", to: ".local/share/almanac/one/replica.sqlite")
        try home.write("wal", to: ".local/share/almanac/one/replica.sqlite-wal")
        try store.forget(context)
        #expect(!FileManager.default.fileExists(atPath: context.paths.data))
        #expect(!FileManager.default.fileExists(atPath: context.paths.configuration))
        #expect(throws: ClientError.notEnrolled) { try chosen() }
    }

    @Test func threats31ForgetOverwritesTheFile() throws {
        try home.write(String(repeating: "secret", count: 30_000), to: "copy")
        // A second name for the same bytes shows what became of them.
        try FileManager.default.linkItem(atPath: "\(home.path)/copy", toPath: "\(home.path)/witness")
        try FileShredder.remove("\(home.path)/copy")
        let left = try Data(contentsOf: URL(fileURLWithPath: "\(home.path)/witness"))
        #expect(left.count == 180_000)
        #expect(left.allSatisfy { $0 == 0 })
    }

    @Test func aLockedContextIsNotForgotten() throws {
        let context = try enrol("one")
        try SystemFile.makeDirectory(context.paths.data)
        let lock = try #require(try FileLock(path: context.paths.lock))
        #expect(throws: ClientError.syncing(context.name)) { try store.forget(context) }
        withExtendedLifetime(lock) {}
    }
}
