import AlmanacModel
import AlmanacPackage
import AlmanacReplica
import AlmanacWire

extension PackageDescription {
    /// What the dataset's package says of itself, and where the export comes from; without tables.
    init(of snapshot: ReplicaSnapshot, datasetName: String) throws {
        typealias Fields = SystemSchema.PackageField
        let record = try snapshot.package()
        let text = { (field: FieldID) -> String? in
            if case .text(let text)? = record?[field] { text.string } else { nil }
        }
        let checkpoint = snapshot.state.checkpoint.statement
        self.init(name: text(Fields.name) ?? checkpoint.dataset.description)
        title = text(Fields.title)
        description = text(Fields.description)
        version = text(Fields.version)
        properties = text(Fields.properties).map { Text($0) }
        if case .textSet(let patterns)? = record?[Fields.openStreams] {
            openStreams = patterns.elements.compactMap { StreamPattern($0.string) }
        }
        provenance = Provenance(
            dataset: checkpoint.dataset, datasetName: datasetName, head: snapshot.state.cursor, signed: checkpoint.time,
            verified: snapshot.state.synced, scrubbed: snapshot.state.scrubbed, software: Software.name.string,
            streams: snapshot.state.streams.map(\.name))
    }
}
