/// Reads where a resource's data is, and refuses what is not one plain CSV file in the package.
enum ResourceFile {
    static func path(_ descriptor: Descriptor, in folder: PackageFolder) throws(PackageError) -> String {
        if descriptor.has("data") { throw descriptor.refuse(.inlineData, at: "data") }
        if descriptor.has("compression") { throw descriptor.refuse(.compressed, at: "compression") }
        try checkFormat(descriptor)
        let paths = try descriptor.required(try descriptor.oneOrMoreStrings("path"), "path")
        guard let path = paths.first else { throw descriptor.refuse(.missing, at: "path") }
        guard paths.count == 1 else { throw descriptor.refuse(.severalFiles, at: "path") }
        _ = try descriptor.at("path") { () throws(DescriptorRule) in try folder.file(path) }
        return path
    }

    private static func checkFormat(_ descriptor: Descriptor) throws(PackageError) {
        if let encoding = try descriptor.string("encoding"), !["utf-8", "utf8"].contains(encoding.lowercased()) {
            throw descriptor.refuse(.unsupportedEncoding(encoding), at: "encoding")
        }
        if let format = try descriptor.string("format"), format.lowercased() != "csv" {
            throw descriptor.refuse(.unsupportedFileFormat(format), at: "format")
        }
    }
}
