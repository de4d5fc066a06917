import AlmanacModel

extension Field {
    static let acyclicProperty = "almanac:acyclic"

    /// Whether the field's references have to make a hierarchy: following them never leads back. As the stored properties say.
    public var isAcyclic: Bool {
        guard type.referencedCollection != nil, case .object(let members)? = try? JSONParser.parse(Array(properties.utf8)) else {
            return false
        }
        return members[Text(Self.acyclicProperty)] == .boolean(true)
    }
}
