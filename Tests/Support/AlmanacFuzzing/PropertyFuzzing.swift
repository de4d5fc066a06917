import AlmanacModel
import AlmanacPackage

/// The properties that the records of a schema keep as text, of a field and of its collection: they come with a sync.
enum PropertyFuzzing {
    static func run(_ bytes: [UInt8]) throws {
        guard let properties = Text(utf8: bytes), let sample = SampleSchema.collection else { return }
        let fields = sample.fields.map { field in
            Field(id: field.id, name: field.name, type: field.type, properties: properties.string)
        }
        for field in fields {
            _ = (field.isYear, field.isAcyclic)
            _ = try? Constraints(properties: properties, of: field.type, isKey: field.id == sample.key)
        }
        let collection = Collection(
            id: sample.id, name: sample.name, stream: sample.stream, key: sample.key, properties: properties.string,
            fields: fields)
        guard let collection else { throw Finding("properties spoil a collection") }
        try describe(collection, properties)
    }

    /// What a client exports is JSON at least, and mostly a data package.
    private static func describe(_ collection: Collection, _ properties: Text) throws {
        var description = PackageDescription(name: "p")
        description.properties = properties
        description.tables = [TableDescription(collection, path: "things.csv", fields: collection.fields)]
        guard let descriptor = try? description.descriptor() else { return }
        try Finding.unless((try? JSONParser.parse(Array(descriptor.utf8))) != nil, "the descriptor is not JSON: \(descriptor)")
        let folder = try FuzzFolder()
        _ = try folder.write(descriptor.utf8, to: "datapackage.json")
        _ = try folder.write("key\na\n".utf8, to: "things.csv")
        guard let package = try? DataPackage.read(at: folder.path) else { return }
        _ = try? package.schema(over: .system)
    }
}
