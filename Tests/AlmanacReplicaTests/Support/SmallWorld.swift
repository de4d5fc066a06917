import AlmanacModel
import AlmanacWire
import Testing

@testable import AlmanacReplica

/// An authority with a few records in four streams, and a replica beside it.
struct SmallWorld {
    let directory: String
    let keys: TestKeys
    let authority: TestAuthority
    let replica: TestReplica
    let places: CollectionID
    let grants: CollectionID

    init(_ directory: String, limits: DeltaReader.Limits = DeltaReader.Limits()) throws {
        self.directory = directory
        keys = try TestKeys()
        authority = try TestAuthority(directory: directory, keys: keys, limits: limits)
        replica = TestReplica(path: "\(directory)/replica.db", keys: keys)
        (places, grants) = (try collectionID(16), try collectionID(17))
        try authority.commit { session in
            try session.updateSchema(
                schema([
                    collection(16, "places", in: "reference", [(1, .text), (2, .decimal)]),
                    collection(
                        17, "grants", in: "investments", partition: 2,
                        [(1, .text), (2, .text), (3, .reference(places)), (4, .integer)]),
                ]))
            for name in ["tokyo", "seoul", "munich"] { try session.put(places, session.newID(places), [text(1, name)]) }
        }
        try authority.commit { session in
            for (number, region) in ["asia", "asia", "europe"].enumerated() {
                let id = try session.newID(grants)
                try session.put(
                    grants, id,
                    [text(1, "grant\(number)"), text(2, region), reference(3, id.rawValue), integer(4, Int64(number))])
            }
        }
    }

    func text(_ field: UInt64, _ text: String) throws -> FieldValue { FieldValue(try fieldID(field), .text(Text(text))) }

    func integer(_ field: UInt64, _ integer: Int64) throws -> FieldValue { FieldValue(try fieldID(field), .integer(integer)) }

    func reference(_ field: UInt64, _ id: Int64) throws -> FieldValue {
        FieldValue(try fieldID(field), .reference(try recordID(id)))
    }

    /// A grant's whole state.
    func grant(_ name: String, _ region: String, place: Int64 = 1, amount: Int64 = 0) throws -> [FieldValue] {
        [try text(1, name), try text(2, region), try reference(3, place), try integer(4, amount)]
    }

    func putGrant(_ id: Int64, _ values: [FieldValue]) throws {
        try authority.commit { try $0.put(grants, recordID(id), values) }
    }

    /// One window of these changes, as it comes off the wire.
    func window(_ stream: String, base: Sequence, head: Sequence, _ changes: [RecordChange]) throws -> Window {
        let encoded = try WindowEncoder.encode(stream: streamName(stream), base: base, head: head, changes: changes)
        #expect(encoded.count == 1)
        return try Window.decode(payload: try #require(encoded.first).payload)
    }

    func head() throws -> Sequence { try authority.database.head().sequence }
}
