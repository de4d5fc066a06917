import AlmanacModel
import Foundation

extension Mapping {
    private static let kind = "mapping/1"
    private static let years = UInt64(1)...9_999

    private static let known: Set<String> = [
        "almanac", "title", "description", "include", "collection", "unused", "missing", "years", "value", "subject", "fields",
        "records",
    ]

    /// Reads and checks a mapping and the parts that it includes, which stand beside it.
    public static func read(at path: String) throws(PackageError) -> Mapping {
        let document = try Descriptor.document(at: path, kind: kind)
        try document.knowsOnly(known)
        var parts: [MappingPart] = []
        for name in try document.strings("include") ?? [] {
            guard MappingName.isValid(file: name) else { throw document.refuse(.mappingFile(name), at: "include") }
            let folder = (path as NSString).deletingLastPathComponent
            parts.append(try MappingPart.read(at: (folder as NSString).appendingPathComponent(name)))
        }
        return try Mapping(document, parts)
    }

    private init(_ document: Descriptor, _ parts: [MappingPart]) throws(PackageError) {
        file = document.file
        title = try document.required(try document.string("title"), "title")
        collection = try document.identifier("collection")
        unused = try document.strings("unused") ?? []
        missing = Set(try document.texts("missing") ?? [""])
        years = try document.object("years").map(Self.years)
        value = try document.string("value")
        subject = try document.object("subject").map { (descriptor) throws(PackageError) in
            try MappedSubject(descriptor, parts)
        }
        fields = try Self.fields(try document.required(try document.object("fields"), "fields"))
        records = try MappingRecords.joined(parts.flatMap(\.records) + MappingRecords.read(document))
        try check(document)
    }

    private static func years(_ descriptor: Descriptor) throws(PackageError) -> MappedYears {
        try descriptor.knowsOnly(["columns", "order", "skip", "first", "last"])
        let first = try descriptor.required(try descriptor.number("first", in: years), "first")
        let last = try descriptor.required(try descriptor.number("last", in: years), "last")
        guard first <= last else { throw descriptor.refuse(.emptyRange, at: "last") }
        let range = Int(first)...Int(last)
        if let group = try descriptor.string("order") {
            if descriptor.has("columns") { throw descriptor.refuse(.yearsTwice, at: "columns") }
            let skipped = try descriptor.number("skip", in: 0...UInt64(CSVLimits.maximumColumns)) ?? 0
            return .order(group: group, skipped: Int(skipped), years: range)
        }
        if descriptor.has("skip") { throw descriptor.refuse(.unknownProperty, at: "skip") }
        let pattern = try descriptor.required(try descriptor.string("columns"), "columns")
        guard pattern.ranges(of: "{year}").count == 1, range.count <= CSVLimits.maximumColumns else {
            throw descriptor.refuse(.template(pattern), at: "columns")
        }
        return .columns(pattern: pattern, years: range)
    }

    private static func fields(_ descriptor: Descriptor) throws(PackageError) -> [Identifier: MappingTemplate] {
        var fields: [Identifier: MappingTemplate] = [:]
        for name in descriptor.members.keys.sorted() {
            let text = try descriptor.required(try descriptor.string(name.string), name.string)
            guard let field = Identifier(name.string) else {
                throw descriptor.refuse(.notIdentifier(name.string), at: name.string)
            }
            fields[field] = try descriptor.at(name.string) { () throws(DescriptorRule) in try MappingTemplate(text) }
        }
        return fields
    }

    /// Every placeholder has something to stand for, and no figure has two places.
    private func check(_ document: Descriptor) throws(PackageError) {
        let pieces = Set(fields.values.flatMap(\.pieces))
        let hasYearColumns = if case .columns? = years { true } else { false }
        if hasYearColumns, value != nil { throw document.refuse(.yearsTwice, at: "value") }
        guard !pieces.contains(.value) || hasYearColumns || value != nil else { throw document.refuse(.missing, at: "value") }
        guard !pieces.contains(.year) || years != nil else { throw document.refuse(.missing, at: "years") }
        guard !pieces.contains(.subject) || subject != nil else { throw document.refuse(.missing, at: "subject") }
        if records.contains(where: { $0.collection == collection }) {
            throw document.refuse(.repeatedName(collection.rawValue), at: "records")
        }
    }
}

extension Descriptor {
    /// A JSON document of ours, whose member `almanac` says what it is.
    static func document(at path: String, kind: String) throws(PackageError) -> Descriptor {
        let bytes = try FileSource.contents(of: path, limit: DataPackage.maximumDescriptorSize)
        let document = try parse(bytes, file: path)
        let stated = try document.required(try document.string("almanac"), "almanac")
        guard stated == kind else { throw document.refuse(.documentKind(stated, expected: kind), at: "almanac") }
        return document
    }

    func knowsOnly(_ known: Set<String>) throws(PackageError) {
        for name in members.keys.sorted() where !known.contains(name.string) {
            throw refuse(.unknownProperty, at: name.string)
        }
    }
}
