import AlmanacModel
import AlmanacWire
import Testing

/// Operations and what belongs to them, as vectors show them.
enum OperationSamples {
    static func id(_ byte: UInt8) throws -> UniqueID { try #require(UniqueID(bytes: [UInt8](repeating: byte, count: 16))) }

    static func all() throws -> [(String, Operation)] {
        [
            ("an annotation", try annotation()), ("every kind of change", try everyKind()),
            ("a figure that is set", try figure()),
        ]
    }

    static func annotation() throws -> Operation {
        try operation(
            id(0xa7), nil,
            [
                .make(
                    AnnotationSchema.collection, in: team("apac"),
                    values: [
                        ProposedField(AnnotationSchema.kind, .text("note")),
                        ProposedField(AnnotationSchema.text, .text("Fund II closed")),
                        ProposedField(AnnotationSchema.tags, .textSet(TextSet(["deal"]))),
                        ProposedField(AnnotationSchema.targetCollection, .integer(17)),
                        ProposedField(AnnotationSchema.targetRecord, .integer(42)),
                    ])
            ])
    }

    private static func everyKind() throws -> Operation {
        let (collection, field) = (try #require(CollectionID(17)), try #require(FieldID(3)))
        let known = RecordName.id(collection, try #require(RecordID(42)))
        let made = RecordName.made(AnnotationSchema.collection, by: try id(0xa7), index: 0)
        return try operation(
            id(0xb8), "Tidied",
            [
                .make(collection, in: nil, values: []),
                .make(collection, in: nil, values: [ProposedField(field, .made(by: try id(0xb8), index: 0))]),
                .edit(
                    made,
                    [
                        FieldEdit(AnnotationSchema.text, .value(base: .value(.text("Fund II closed")), new: nil)),
                        FieldEdit(
                            AnnotationSchema.tags, .elements(added: TextSet(["fund", "late"]), removed: TextSet(["deal"]))),
                    ]),
                .edit(known, [FieldEdit(field, .value(base: nil, new: .made(by: try id(0xb8), index: 4_095)))]),
                .move(made, from: team("apac"), to: team("emea")), .see(made, in: team("emea")),
                .delete(
                    made,
                    seen: [
                        ProposedField(AnnotationSchema.text, nil), ProposedField(AnnotationSchema.tags, .textSet(TextSet([]))),
                    ]),
            ])
    }

    private static func figure() throws -> Operation {
        let name = RecordName.id(try #require(CollectionID(20)), try #require(RecordID(9_000)))
        let (old, new) = (try #require(ExactDecimal("10.3")), try #require(ExactDecimal("9.9")))
        return try operation(
            id(0xc9), "Revised: OECD MSTI 2026-09",
            [.edit(name, [FieldEdit(try #require(FieldID(5)), .value(base: .value(.decimal(old)), new: .value(.decimal(new))))])])
    }

    private static func operation(_ id: UniqueID, _ message: Text?, _ changes: [Change]) throws -> Operation {
        try #require(
            Operation(id: id, time: Samples.instant("2026-11-21T09:12:00.250Z"), message: message, changes: changes))
    }

    private static func team(_ name: String) throws -> StreamName { .team(try #require(TeamName(name))) }

    static func sheet() throws -> OperationSheet {
        try OperationSheet(
            dataset: Samples.dataset(), key: [0x30, 0x59, 0x30, 0x13], operations: try all().map { SentOperation($0.1) })
    }

    static func receipts() throws -> ReceiptSheet {
        let applied = Receipt.Applied(
            sequence: Sequence(4_712), made: [try #require(RecordID(1)), try #require(RecordID(300))],
            conflicts: [try #require(RecordID(12))])
        return try ReceiptSheet(
            dataset: Samples.dataset(), epoch: Samples.epoch, delegation: 3,
            receipts: [
                Receipt(operation: id(0xa7), content: Samples.hash(0x77), outcome: .applied(applied)),
                Receipt(operation: id(0xb8), content: Samples.hash(0x88), outcome: .applied(.init(sequence: .zero))),
                Receipt(
                    operation: id(0xc9), content: Samples.hash(0x99),
                    outcome: .rejected(.init(.notAllowed, "only curators change the dataset"))),
                Receipt(operation: id(0xda), content: Samples.hash(0xaa), outcome: .rejected(.init(.unknown(900), ""))),
            ])
    }
}
