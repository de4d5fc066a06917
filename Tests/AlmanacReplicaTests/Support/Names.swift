import AlmanacModel
import Testing

/// The model's collection, not the standard library's protocol.
typealias RecordCollection = AlmanacModel.Collection

func collectionID(_ number: UInt64) throws -> CollectionID { try #require(CollectionID(number)) }

func fieldID(_ number: UInt64) throws -> FieldID { try #require(FieldID(number)) }

func recordID(_ number: Int64) throws -> RecordID { try #require(RecordID(number)) }

func streamName(_ name: String) throws -> StreamName { try #require(StreamName(name)) }

func identifier(_ name: String) throws -> Identifier { try #require(Identifier(name)) }

func schema(_ collections: [RecordCollection]) throws -> Schema {
    try #require(Schema(Schema.system.collections + collections))
}

/// A collection whose fields are named `f1`, `f2`, …; the first is the key.
func collection(
    _ id: UInt64, _ name: String, in stream: String, partition: UInt64? = nil, _ fields: [(UInt64, FieldType)]
) throws -> RecordCollection {
    let (id, name, stream) = (try collectionID(id), try identifier(name), try streamName(stream))
    let fields = try fields.map { Field(id: try fieldID($0), name: try identifier("f\($0)"), type: $1) }
    let collection = RecordCollection(
        id: id, name: name, stream: stream, partition: partition.flatMap(FieldID.init), key: FieldID(1), fields: fields)
    return try #require(collection)
}
