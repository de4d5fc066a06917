import AlmanacModel

extension Field {
    /// Whether the field's integers are years of four digits, as the stored properties say.
    public var isYear: Bool {
        guard type == .integer, case .object(let members)? = try? JSONParser.parse(Array(properties.utf8)) else { return false }
        return members["type"] == .text("year")
    }
}
