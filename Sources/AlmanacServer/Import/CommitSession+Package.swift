import AlmanacModel
import AlmanacPackage
import AlmanacReplica

extension CommitSession {
    /// Keeps what the package says of itself.
    func put(_ package: DataPackage) throws {
        typealias Fields = SystemSchema.PackageField
        guard let id = RecordID(1) else { return }
        let texts: [(FieldID, String?)] = [
            (Fields.name, package.name), (Fields.title, package.title), (Fields.description, package.description),
            (Fields.version, package.version),
        ]
        var values = texts.compactMap { field, text in text.map { FieldValue(field, .text(Text($0))) } }
        if !package.openStreams.isEmpty {
            let patterns = TextSet(package.openStreams.map { Text($0.description) })
            values.append(FieldValue(Fields.openStreams, .textSet(patterns)))
        }
        if let properties = package.properties { values.append(FieldValue(Fields.properties, .text(properties))) }
        try put(SystemSchema.package, id, values)
    }
}
