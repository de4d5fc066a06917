import AlmanacModel

/// Reads the constraints of a field; only those are taken that the field's type can obey.
///
/// Source: https://specs.frictionlessdata.io/table-schema/#constraints
struct ConstraintReader {
    let syntax: ValueSyntax

    private static let lengths = UInt64(0)...UInt64(CSVLimits.maximumFieldSize.rawValue)

    func constraints(of field: Descriptor) throws(PackageError) -> Constraints {
        guard let descriptor = try field.object("constraints") else { return Constraints() }
        for name in descriptor.members.keys.sorted() where !allowed.contains(name.string) {
            throw descriptor.refuse(.unsupportedConstraint(type: syntax.name), at: name.string)
        }
        var constraints = Constraints()
        constraints.isRequired = try descriptor.boolean("required") ?? false
        constraints.isUnique = try descriptor.boolean("unique") ?? false
        constraints.minimumLength = try descriptor.number("minLength", in: Self.lengths).map(Int.init)
        constraints.maximumLength = try descriptor.number("maxLength", in: Self.lengths).map(Int.init)
        constraints.minimum = try value(descriptor, "minimum")
        constraints.maximum = try value(descriptor, "maximum")
        constraints.allowed = try values(descriptor, "enum")
        constraints.pattern = try pattern(descriptor)
        try check(constraints, descriptor)
        return constraints
    }

    private var allowed: Set<String> {
        switch syntax {
        case .text: ["required", "unique", "minLength", "maxLength", "pattern", "enum"]
        case .textSet: ["required", "unique", "minLength", "maxLength"]
        case .integer, .year, .decimal, .date, .instant: ["required", "unique", "minimum", "maximum", "enum"]
        case .boolean, .uuid, .bytes: ["required", "unique", "enum"]
        case .key, .unknown: ["required", "unique"]
        }
    }

    private func value(_ descriptor: Descriptor, _ member: String) throws(PackageError) -> Value? {
        guard let json = descriptor.members[Text(member)] else { return nil }
        return try descriptor.at(member) { () throws(DescriptorRule) in try value(of: json) }
    }

    private func values(_ descriptor: Descriptor, _ member: String) throws(PackageError) -> [Value] {
        let elements = try descriptor.array(member) ?? []
        guard !descriptor.has(member) || !elements.isEmpty else { throw descriptor.refuse(.missing, at: member) }
        return try descriptor.at(member) { () throws(DescriptorRule) in
            var values: [Value] = []
            for element in elements { values.append(try value(of: element)) }
            return values
        }
    }

    /// Values may be JSON's own, or strings as they stand in the file.
    private func value(of json: JSON) throws(DescriptorRule) -> Value {
        let text: String
        switch (json, syntax) {
        case (.text(let string), _): text = string.string
        case (.number(let digits), .integer), (.number(let digits), .year), (.number(let digits), .decimal): text = digits
        case (.boolean(let value), .boolean): return .boolean(value)
        default: throw .constraintValue(json.description, type: syntax.name)
        }
        guard case .value(let value)? = try? syntax.value(of: text) else { throw .constraintValue(text, type: syntax.name) }
        return value
    }

    private func pattern(_ descriptor: Descriptor) throws(PackageError) -> String? {
        guard let pattern = try descriptor.string("pattern") else { return nil }
        _ = try descriptor.at("pattern") { () throws(DescriptorRule) in try ValuePattern(pattern) }
        return pattern
    }

    private func check(_ constraints: Constraints, _ descriptor: Descriptor) throws(PackageError) {
        if let shortest = constraints.minimumLength, let longest = constraints.maximumLength, shortest > longest {
            throw descriptor.refuse(.emptyRange, at: "maxLength")
        }
        if let minimum = constraints.minimum, let maximum = constraints.maximum, maximum.isBelow(minimum) {
            throw descriptor.refuse(.emptyRange, at: "maximum")
        }
    }
}
