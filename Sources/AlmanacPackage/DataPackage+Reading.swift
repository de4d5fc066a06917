import AlmanacModel

extension DataPackage {
    /// The largest descriptor that is read.
    public static let maximumDescriptorSize = ByteCount.mebibytes(4)

    /// Reads and checks the descriptor, and that every data file is there, inside the package's folder.
    ///
    /// - Parameter path: the folder, or the `datapackage.json` in it.
    public static func read(at path: String) throws(PackageError) -> DataPackage {
        let (folder, file) = try PackageFolder.find(path)
        let bytes = try FileSource.contents(of: file, limit: maximumDescriptorSize)
        return try DataPackage(descriptor: try Descriptor.parse(bytes, file: file), in: folder)
    }

    private init(descriptor: Descriptor, in folder: PackageFolder) throws(PackageError) {
        try descriptor.knowsOnly(almanac: Provenance.properties.union(["almanac:openStreams"]))
        self.folder = folder
        name = try descriptor.required(try descriptor.string("name"), "name")
        title = try descriptor.string("title")
        description = try descriptor.string("description")
        version = try descriptor.string("version")
        openStreams = try Self.openStreams(descriptor)
        resources = try Self.resources(descriptor, in: folder)
        properties = descriptor.rest(
            without: Provenance.properties.union([
                "name", "title", "description", "version", "almanac:openStreams", "resources", "profile", "$schema",
            ]))
    }

    private static func openStreams(_ descriptor: Descriptor) throws(PackageError) -> [StreamPattern] {
        var patterns: [StreamPattern] = []
        for text in try descriptor.strings("almanac:openStreams") ?? [] {
            guard let pattern = StreamPattern(text) else {
                throw descriptor.refuse(.notStreamPattern(text), at: "almanac:openStreams")
            }
            patterns.append(pattern)
        }
        return patterns
    }

    private static func resources(_ descriptor: Descriptor, in folder: PackageFolder) throws(PackageError) -> [Resource] {
        let descriptors = try descriptor.required(try descriptor.objects("resources"), "resources")
        let keys = try ResourceKeys(descriptors)
        var resources: [Resource] = []
        for descriptor in descriptors {
            let resource = try Resource(descriptor: descriptor, keys: keys, in: folder)
            if let id = resource.id, resources.contains(where: { $0.id == id }) {
                throw descriptor.refuse(.repeatedID(UInt64(id.rawValue)), at: "almanac:id")
            }
            resources.append(resource)
        }
        return resources
    }
}
