import AlmanacModel

/// The types of Table Schema that Almanac keeps. Source: https://specs.frictionlessdata.io/table-schema/#types-and-formats
enum DeclaredType: String {
    case string, number, integer, boolean, date, datetime, year, array
    /// A string of format `uuid`.
    case uuid

    init(of descriptor: Descriptor) throws(PackageError) {
        let name = try descriptor.string("type") ?? DeclaredType.string.rawValue
        guard let type = DeclaredType(rawValue: name), type != .uuid else {
            throw descriptor.refuse(.unsupportedType(name), at: "type")
        }
        let format = try descriptor.string("format") ?? "default"
        switch (type, format) {
        case (_, "default"): self = type
        case (.string, "uuid"): self = .uuid
        default: throw descriptor.refuse(.unsupportedFormat(format, type: name), at: "format")
        }
        if descriptor.has("categories") { throw descriptor.refuse(.unsupportedConstraint(type: name), at: "categories") }
    }

    var fieldType: FieldType {
        switch self {
        case .string: .text
        case .number: .decimal
        case .integer, .year: .integer
        case .boolean: .boolean
        case .date: .date
        case .datetime: .instant
        case .array: .textSet
        case .uuid: .uuid
        }
    }

    /// How the values are written in the file.
    func syntax(_ descriptor: Descriptor) throws(PackageError) -> ValueSyntax {
        switch self {
        case .string: return .text
        case .number: return try Self.plainNumber(descriptor, .decimal)
        case .integer: return try Self.plainNumber(descriptor, .integer)
        case .year: return .year
        case .date: return .date
        case .datetime: return .instant
        case .array: return .textSet
        case .uuid: return .uuid
        case .boolean: return .boolean(try Self.words(descriptor))
        }
    }

    private static func words(_ descriptor: Descriptor) throws(PackageError) -> BooleanWords {
        let trueValues = try descriptor.texts("trueValues")
        let falseValues = try descriptor.texts("falseValues")
        return BooleanWords(true: trueValues ?? BooleanWords.standard.true, false: falseValues ?? BooleanWords.standard.false)
    }

    private static func plainNumber(_ descriptor: Descriptor, _ syntax: ValueSyntax) throws(PackageError) -> ValueSyntax {
        if let point = try descriptor.string("decimalChar"), point != "." {
            throw descriptor.refuse(.unsupportedSyntax, at: "decimalChar")
        }
        if let group = try descriptor.string("groupChar"), !group.isEmpty {
            throw descriptor.refuse(.unsupportedSyntax, at: "groupChar")
        }
        if try descriptor.boolean("bareNumber") == false { throw descriptor.refuse(.unsupportedSyntax, at: "bareNumber") }
        return syntax
    }
}

extension FieldType {
    /// As messages call it.
    var name: String { valueType?.description ?? "number \(code), which this version does not know" }
}
