import AlmanacModel
import AlmanacPackage

/// A `datapackage.json` in a folder with one small table, `things.csv`, for every resource.
enum DescriptorFuzzing {
    static func run(_ bytes: [UInt8]) throws {
        let folder = try FuzzFolder()
        _ = try folder.write(bytes, to: "datapackage.json")
        _ = try folder.write("key,name,year\na,Alpha,2001\nb,,x\n".utf8, to: "things.csv")
        guard let package = try? DataPackage.read(at: folder.path) else { return }
        for resource in package.resources {
            try Finding.unless(resource.path == "things.csv", "\(resource.path) is not a file of the package")
        }
        guard let schema = try? package.schema(over: .system) else { return }
        try Finding.unless((try? package.schema(over: schema)) == schema, "the package over its own schema is another schema")
        for source in try package.imports(into: schema) { _ = try source.rowsOrProblems() }
        try checkAgain(package, schema, folder)
    }

    /// What is kept of a package, written and read again, makes the same schema.
    private static func checkAgain(_ package: DataPackage, _ schema: Schema, _ folder: borrowing FuzzFolder) throws {
        var description = PackageDescription(name: package.name)
        description.openStreams = package.openStreams
        description.properties = package.properties
        description.tables = package.resources.compactMap { resource in
            schema.collection(named: resource.name.rawValue).map {
                TableDescription($0, path: resource.path, fields: $0.fields)
            }
        }
        _ = try folder.write(try description.descriptor().utf8, to: "datapackage.json")
        let again = try DataPackage.read(at: folder.path)
        try Finding.unless(try again.schema(over: .system) == schema, "the package says something else when it is written")
    }
}

extension CSVImport {
    /// How many rows and problems there are; what is wrong with a file itself is no finding.
    func rowsOrProblems() throws -> Int {
        guard var reader = try? rows() else { return 0 }
        var count = 0
        do { while try reader.next() != nil { count += 1 } } catch { return count }
        try Finding.unless(reader.report.total >= reader.report.problems.count, "more problems are kept than there are")
        for problem in reader.report.problems { try Finding.unless(!problem.description.isEmpty, "a problem without words") }
        return count
    }
}
