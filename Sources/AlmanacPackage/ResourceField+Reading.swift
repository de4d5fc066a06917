import AlmanacModel

extension ResourceField {
    private static let ids = UInt64(1)...UInt64(FieldID.maximum)

    /// What is read here, and what describes the file and not the data. `constraints` and `almanac:acyclic` stay in the properties.
    private static let known: Set<String> = [
        "name", "title", "description", "type", "almanac:id", "almanac:merge", "trueValues", "falseValues", "missingValues",
        "decimalChar", "groupChar", "bareNumber",
    ]

    init(descriptor: Descriptor, in context: FieldContext) throws(PackageError) {
        try descriptor.knowsOnly(almanac: ["almanac:id", "almanac:merge", Field.acyclicProperty])
        let name = try descriptor.identifier("name")
        let declared = try DeclaredType(of: descriptor)
        let isKey = name == context.key
        guard !isKey || declared == .string else { throw descriptor.refuse(.keyIsNoText(name.rawValue), at: "type") }
        let target = context.foreignKeys.target(of: name.rawValue)
        guard target == nil || declared == .string else {
            throw descriptor.refuse(.referenceIsNoText(name.rawValue), at: "type")
        }

        self.name = name
        title = try descriptor.string("title")
        description = try descriptor.string("description")
        id = try descriptor.number("almanac:id", in: Self.ids).flatMap(FieldID.init)
        type = target.map(ResourceFieldType.reference) ?? .plain(declared.fieldType)
        syntax = target == nil ? try declared.syntax(descriptor) : .key
        missingValues = try ResourceFields.missingValues(descriptor) ?? context.missingValues
        mergeRule = try Self.mergeRule(descriptor, target == nil ? declared : nil)
        isAcyclic = try descriptor.boolean(Field.acyclicProperty) ?? false
        guard target == context.resource || !descriptor.has(Field.acyclicProperty) else {
            throw descriptor.refuse(.acyclic(name.rawValue), at: Field.acyclicProperty)
        }
        var constraints = try ConstraintReader(syntax: syntax).constraints(of: descriptor)
        let isUniqueKey = context.uniqueKeys.contains(Text(name.rawValue))
        constraints.isUnique = constraints.isUnique || isKey || isUniqueKey
        constraints.isRequired = constraints.isRequired || isKey
        self.constraints = constraints
        properties = (isUniqueKey ? descriptor.withUniqueConstraint : descriptor)
            .rest(without: Self.known.subtracting(declared == .year ? ["type"] : []))
    }

    private static func mergeRule(_ descriptor: Descriptor, _ declared: DeclaredType?) throws(PackageError) -> MergeRule {
        let (usual, allowed): (MergeRule, [MergeRule]) =
            switch declared {
            case .array: (.set, [.scalar, .set])
            case .string: (.scalar, [.scalar, .text])
            default: (.scalar, [.scalar])
            }
        guard let stated = try descriptor.string("almanac:merge") else { return usual }
        guard let rule = MergeRule(rawValue: stated), allowed.contains(rule) else {
            let names = allowed.map(\.rawValue).joined(separator: " or ")
            throw descriptor.refuse(.mergeRule(stated, allowed: names), at: "almanac:merge")
        }
        return rule
    }
}

extension Descriptor {
    /// With what the table's `uniqueKeys` says of this field written as the field's own constraint.
    fileprivate var withUniqueConstraint: Descriptor {
        var constraints: [Text: JSON] = if case .object(let members)? = members["constraints"] { members } else { [:] }
        constraints["unique"] = .boolean(true)
        return Descriptor(file: file, path: path, members: members.merging(["constraints": .object(constraints)]) { $1 })
    }
}
