import AlmanacModel
import Testing

@Suite struct SchemaTests {
    private func identifier(_ name: String) throws -> Identifier { try #require(Identifier(name)) }
    private func field(_ id: UInt64, _ name: String, _ type: FieldType = .text) throws -> Field {
        Field(id: try #require(FieldID(id)), name: try identifier(name), type: type)
    }
    private func collection(_ id: UInt64, _ name: String, key: FieldID? = nil, _ fields: [Field]) throws -> Collection? {
        Collection(id: try #require(CollectionID(id)), name: try identifier(name), stream: .reference, key: key, fields: fields)
    }

    @Test func theSystemCollectionsAreAWholeSchema() {
        #expect(Schema(Schema.system.collections) == Schema.system)
        #expect(Schema.system.collections.map(\.id.rawValue) == [1, 2, 3, 4, 5, 6])
        for collection in Schema.system.collections {
            #expect(collection.id.rawValue < CollectionID.firstOfPackages)
            #expect(collection.key.map { collection.field($0) != nil } ?? true)
            #expect(zip(collection.fields, collection.fields.dropFirst()).allSatisfy { $0.id < $1.id })
        }
    }

    @Test func fieldsAreSortedAndDistinct() throws {
        let (a, b) = (try field(2, "a"), try field(1, "b"))
        #expect(try collection(16, "x", [a, b])?.fields == [b, a])
        #expect(try collection(16, "x", [a, try field(2, "c")]) == nil)
        #expect(try collection(16, "x", [a, try field(3, "a")]) == nil)
        #expect(try collection(16, "x", key: FieldID(9), [a, b]) == nil)
    }

    @Test func referencesLeadSomewhere() throws {
        let target = try #require(CollectionID(17))
        let source = try #require(try collection(16, "x", [try field(1, "y", .reference(target))]))
        #expect(Schema([source]) == nil)
        #expect(Schema([source, try #require(try collection(17, "z", []))]) != nil)
        #expect(Schema([source, try #require(try collection(17, "x", []))]) == nil)
    }

    @Test func everyTypeHasOneCode() {
        #expect(Set(ValueType.allCases.map(\.rawValue)).count == ValueType.allCases.count)
        for type in ValueType.allCases {
            let target = type == .reference ? CollectionID(16) : nil
            #expect(FieldType(code: type.rawValue, references: target)?.valueType == type)
            #expect(FieldType(code: type.rawValue, references: target)?.code == type.rawValue)
        }
        #expect(FieldType(code: 0, references: nil) == nil)
        #expect(FieldType(code: 200, references: nil) == .unknown(code: 200))
        #expect(FieldType(code: ValueType.reference.rawValue, references: nil) == nil)
        #expect(FieldType(code: ValueType.text.rawValue, references: CollectionID(16)) == nil)
        #expect(UnknownValue(typeCode: ValueType.text.rawValue, bytes: []) == nil)
        #expect(UnknownValue(typeCode: 0, bytes: []) == nil)
    }
}
