import AlmanacModel
import AlmanacPackage
import AlmanacReplica

/// One export from one snapshot.
struct SnapshotExport {
    private let snapshot: ReplicaSnapshot
    private let request: ExportRequest
    private let collections: [Collection]
    private let datasetName: String
    private let interruption: Interruption

    init(_ snapshot: ReplicaSnapshot, _ request: ExportRequest, datasetName: String, interruption: Interruption) throws {
        self.snapshot = snapshot
        self.request = request
        self.datasetName = datasetName
        self.interruption = interruption
        collections = try ChosenCollections(snapshot.schema).named(request.collections)
    }

    // MARK: To standard output

    func write(to sink: @escaping TextSink, isMessages: Bool) throws -> [ExportSummary.Table] {
        guard request.format != .datapackage else { throw ClientError.usage("A data package is a folder: name it by --output.") }
        guard collections.count == 1, let collection = collections.first else {
            throw ClientError.usage("Several collections need --output DIRECTORY; standard output takes one.")
        }
        let fields = Self.fields(collection)
        guard request.format == .ndjson || isMessages else {
            return [try copy(collection, CSVExportWriter(fields, request.isRaw ? .raw : .visible, sink: sink), to: nil).table]
        }
        let writer = NDJSONExportWriter(fields, message: isMessages ? collection.name : nil, sink: sink)
        return [try copy(collection, writer, to: nil).table]
    }

    // MARK: To files

    func write(into files: StagedFiles, _ path: String) throws -> [ExportSummary.Table] {
        let isFolder = path.hasSuffix("/") || SystemFile.isDirectory(path)
        let path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        switch request.format {
        case .datapackage: return try package(into: files, path)
        case .csv, .ndjson:
            if collections.count == 1, let collection = collections.first, !isFolder {
                return [try table(collection, into: files, path)]
            }
            try files.makeDirectory(path)
            return try collections.map { try table($0, into: files, "\(path)/\(fileName($0))") }
        }
    }

    /// The name comes from the collection's, which is an ``Identifier``; nothing from a record is ever part of it.
    private func fileName(_ collection: Collection) -> String {
        "\(collection.name.rawValue).\(request.format == .ndjson ? "ndjson" : "csv")"
    }

    private func table(_ collection: Collection, into files: StagedFiles, _ path: String) throws -> ExportSummary.Table {
        let file = try files.add(path)
        let fields = Self.fields(collection)
        switch request.format {
        case .ndjson: return try copy(collection, NDJSONExportWriter(fields, sink: file.append), to: path).table
        case .csv, .datapackage:
            return try copy(collection, CSVExportWriter(fields, texts, sink: file.append), to: path).table
        }
    }

    /// In files every character stays as it is; only formulas are neutralised.
    private var texts: CSVExportWriter.Texts { request.isRaw ? .raw : .neutralised }

    // MARK: A data package

    private func package(into files: StagedFiles, _ path: String) throws -> [ExportSummary.Table] {
        try files.makeDirectory(path)
        var description = try PackageDescription(of: snapshot, datasetName: datasetName)
        var tables: [ExportSummary.Table] = []
        for collection in collections {
            let (table, resource) = try resource(collection, into: files, path)
            tables.append(table)
            description.tables.append(resource)
        }
        try files.add("\(path)/datapackage.json").append(description.descriptor())
        return tables
    }

    private func resource(
        _ collection: Collection, into files: StagedFiles, _ folder: String
    ) throws -> (ExportSummary.Table, TableDescription) {
        let fields = Self.fields(collection)
        let name = fileName(collection)
        let words = try NullWords.words(fields, of: collection, in: snapshot)
        let file = try files.add("\(folder)/\(name)")
        let writer = CSVExportWriter(fields, nullWords: words, texts, sink: file.append)
        let (table, lacking) = try copy(collection, writer, to: file.path)
        var resource = TableDescription(collection, path: name, fields: fields)
        resource.isNeutralised = !request.isRaw
        resource.nullWords = words
        resource.lacking = lacking
        return (table, resource)
    }

    // MARK: Rows

    private static func fields(_ collection: Collection) -> [Field] { collection.fields.filter { $0.type.valueType != nil } }

    /// Every row of a collection; and the fields that lack a value in some row because it is elsewhere.
    private func copy(
        _ collection: Collection, _ writer: some ExportWriter, to path: String?
    ) throws -> (table: ExportSummary.Table, lacking: Set<FieldID>) {
        var writer = writer
        let fields = Self.fields(collection)
        var references = ReferenceCount(fields)
        var rowCount = 0
        try writer.begin()
        try snapshot.forEachRow(of: collection, fields) { values in
            if interruption.isRequested { throw ClientError.interrupted }
            references.note(values)
            try writer.row(values)
            rowCount += 1
        }
        let notes = try self.notes(collection, references) + writer.notes
        return (
            ExportSummary.Table(name: collection.name, rowCount: rowCount, path: path, notes: notes),
            Set(references.found.map(\.field.id))
        )
    }

    private func notes(_ collection: Collection, _ references: ReferenceCount) throws -> [ExportNote] {
        let isPackage = request.format == .datapackage
        let exported = Set(collections.map(\.id))
        let unknown = collection.fields.filter { $0.type.valueType == nil }.map { ExportNote.unknownType($0.name) }
        let plain = collection.fields.compactMap { field -> ExportNote? in
            guard isPackage, let target = field.type.referencedCollection.flatMap(snapshot.schema.collection),
                !exported.contains(target.id)
            else { return nil }
            return .plainReference(field.name, to: target.name)
        }
        let elsewhere = try references.found.map { field, count in
            let constraints = try Constraints(
                properties: field.properties.isEmpty ? nil : Text(field.properties), of: field.type, isKey: false)
            return ExportNote.referencesElsewhere(
                field.name, count: count, isRequired: isPackage && constraints.isRequired)
        }
        return unknown + plain + elsewhere
    }
}
