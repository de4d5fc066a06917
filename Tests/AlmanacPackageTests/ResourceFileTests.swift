import AlmanacModel
import AlmanacPackage
import Testing

/// Which files a descriptor may name, and how they may be written.
@Suite struct ResourceFileTests {
    private func refusalOf(_ resource: String) throws -> (path: String, rule: DescriptorRule) {
        try refusal { _ = try Fixture(resource: #""name": "things", "# + resource).read() }
    }

    /// THREATS 29.
    @Test(arguments: [
        "/etc/passwd", "../things.csv", "a/../../things.csv", "a/..", ".", "./things.csv", "", "things.csv/", "a//b",
        "things\\u0000.csv",
        "things\\n.csv",
    ])
    func pathTraversalIsRefused(path: String) throws {
        let found = try refusalOf(#""path": "\#(path)""#)
        #expect(found.path == "resources[0].path")
        guard case .unsafePath = found.rule else {
            Issue.record("\(found.rule)")
            return
        }
    }

    /// THREATS 29.
    @Test func linksThatLeaveTheFolderAreRefused() throws {
        let (folder, elsewhere) = (try TemporaryFolder(), try TemporaryFolder())
        let secret = try elsewhere.write("key\nsecret\n", to: "things.csv")
        try folder.write(Fixture().descriptor, to: "datapackage.json")
        try folder.link("things.csv", to: secret)
        let file = try refusal { _ = try DataPackage.read(at: folder.path) }
        #expect(file.rule == .outsidePackage("things.csv"))

        try folder.link("sub", to: elsewhere.path)
        try folder.write(Fixture(resource: #""name": "things", "path": "sub/things.csv""#).descriptor, to: "datapackage.json")
        let inFolder = try refusal { _ = try DataPackage.read(at: folder.path) }
        #expect(inFolder.rule == .outsidePackage("sub/things.csv"))
    }

    /// THREATS 29.
    @Test func aLinkPutThereAfterReadingIsRefused() throws {
        let (folder, elsewhere) = (try TemporaryFolder(), try TemporaryFolder())
        try Fixture(resource: #""name": "things", "path": "data/things.csv""#).write(to: folder)
        try folder.write("key\na\n", to: "real/things.csv")
        try folder.link("data", to: "\(folder.path)/real")
        let package = try DataPackage.read(at: folder.path)
        let schema = try package.schema(over: .system)
        _ = try package.imports(into: schema)

        try elsewhere.write("key\nsecret\n", to: "things.csv")
        try removeItem(at: "\(folder.path)/data")
        try folder.link("data", to: elsewhere.path)
        let found = try refusal { _ = try package.imports(into: schema) }
        #expect(found.rule == .outsidePackage("data/things.csv"))
    }

    @Test func linksWithinTheFolderAreFollowed() throws {
        let folder = try TemporaryFolder()
        try folder.write(Fixture().descriptor, to: "datapackage.json")
        try folder.write("key\na\n", to: "data/real.csv")
        try folder.link("things.csv", to: "data/real.csv")
        #expect(try DataPackage.read(at: folder.path).resources.count == 1)
        #expect(try DataPackage.read(at: "\(folder.path)/datapackage.json").resources.count == 1)
    }

    @Test func whatIsNoPlainFileIsRefused() throws {
        #expect(try refusalOf(#""path": ["things.csv", "more.csv"]"#).rule == .severalFiles)
        #expect(try refusalOf(#""path": []"#).rule == .missing)
        #expect(try refusalOf(#""title": "x""#).rule == .missing)
        #expect(try refusalOf(#""data": []"#).rule == .inlineData)
        #expect(try refusalOf(#""path": "https://example.org/x.csv""#).rule == .remoteFile("https://example.org/x.csv"))
        #expect(try refusalOf(#""path": "nowhere.csv""#).rule == .notRegularFile("nowhere.csv"))
        #expect(try refusalOf(#""path": "things.csv", "compression": "gz""#).rule == .compressed)
        #expect(try refusalOf(#""path": "things.csv", "encoding": "latin1""#).rule == .unsupportedEncoding("latin1"))
        #expect(try refusalOf(#""path": "things.csv", "format": "xlsx""#).rule == .unsupportedFileFormat("xlsx"))
        #expect(try refusalOf(#""path": "things.csv", "dialect": "d.json""#).rule == .separateFile)
    }

    @Test func aSchemaElsewhereIsRefused() throws {
        let folder = try TemporaryFolder()
        try folder.write(
            #"{"name": "p", "resources": [{"name": "t", "path": "t.csv", "schema": "s.json"}]}"#, to: "datapackage.json")
        let found = try refusal { _ = try DataPackage.read(at: folder.path) }
        #expect(found.rule == .separateFile)
    }

    @Test(arguments: [
        #""escapeChar": "\\""#, ##""commentChar": "#""##, #""nullSequence": "NA""#, #""skipInitialSpace": true"#,
        #""lineTerminator": "\r""#,
        #""delimiter": """#, #""delimiter": ",,""#, #""delimiter": "é""#, #""delimiter": "\"""#, #""quoteChar": "\n""#,
        #""delimiter": "\n""#,
        #""quoteChar": "\t""#,
    ])
    func dialectsThatAreNotReadAreRefused(dialect: String) throws {
        let found = try refusalOf(#""path": "things.csv", "dialect": {\#(dialect)}"#)
        guard case .unsupportedDialect = found.rule else {
            Issue.record("\(found.rule)")
            return
        }
    }

    @Test func aFolderOrAMissingFileIsNoPackage() throws {
        let folder = try TemporaryFolder()
        for path in [folder.path, "\(folder.path)/nowhere"] {
            let error = try #require(throws: PackageError.self) { _ = try DataPackage.read(at: path) }
            guard case .unreadable(let file, _) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(file.hasPrefix(path))
        }
        try folder.write("x", to: "things.csv/x")
        try folder.write(Fixture().descriptor, to: "datapackage.json")
        #expect(try refusal { _ = try DataPackage.read(at: folder.path) }.rule == .notRegularFile("things.csv"))
    }
}
