/// The collection of teams, as the specification fixes it. A team's record is in its roster, and its id never changes.
public enum TeamSchema {
    public static let collection = CollectionID(fixed: 4)

    public static let name = FieldID(fixed: 1)
    public static let title = FieldID(fixed: 2)
    public static let owners = FieldID(fixed: 3)
    public static let members = FieldID(fixed: 4)

    static let definition = SystemSchema.make(
        collection, "almanac_teams", key: name,
        [
            Field(id: name, name: Identifier(fixed: "name"), type: .text, description: "Part of the names of its streams"),
            Field(id: title, name: Identifier(fixed: "title"), type: .text, description: "For people"),
            Field(
                id: owners, name: Identifier(fixed: "owners"), type: .textSet,
                description: "The members who say who belongs to it", mergeRule: .set),
            Field(
                id: members, name: Identifier(fixed: "members"), type: .textSet,
                description: "The people who belong to it, its owners among them", mergeRule: .set),
        ])
}
