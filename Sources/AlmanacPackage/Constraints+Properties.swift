import AlmanacModel

extension Constraints {
    /// Reads the constraints back from a field's ``ResourceField/properties``, as a dataset keeps them.
    ///
    /// - Parameter isKey: whether this is the collection's key, which is always required and unique.
    public init(properties: Text?, of type: FieldType, isKey: Bool) throws(PackageError) {
        self = try Self.read(properties, of: type)
        isRequired = isRequired || isKey
        isUnique = isUnique || isKey
    }

    private static func read(_ properties: Text?, of type: FieldType) throws(PackageError) -> Constraints {
        guard let properties else { return Constraints() }
        let file = "the field's properties"
        guard case .object(let members)? = try? JSONParser.parse(Array(properties.utf8)) else {
            throw .refused(file: file, at: .root, .wrongKind(expected: "an object", found: "something else"))
        }
        let descriptor = Descriptor(file: file, path: .root, members: members)
        let isYear = members["type"] == .text("year") && type == .integer
        return try ConstraintReader(syntax: isYear ? .year : ValueSyntax(standardFor: type)).constraints(of: descriptor)
    }
}
