import AlmanacModel

/// How sentences name things.
enum Words {
    /// A text that somebody typed, shortened.
    static func quoted(_ text: Text) -> String {
        let cut = Text(cutting: String(text.string.prefix(80)), to: 80)
        return cut == text ? "“\(text)”" : "“\(cut)…”"
    }

    /// The collection's name, or its number where it is the dataset's.
    static func name(_ collection: CollectionID) -> String {
        Schema.system.collection(collection).map(name) ?? "collection \(collection)"
    }

    /// Almanac's own collections are called by what they hold.
    static func name(_ collection: Collection) -> String {
        let name = collection.name.rawValue
        return name.hasPrefix(ownPrefix) ? String(name.dropFirst(ownPrefix.count)) : name
    }

    private static let ownPrefix = "almanac_"

    static func name(_ field: FieldID, of collection: CollectionID) -> String {
        Schema.system.collection(collection)?.field(field)?.name.rawValue ?? "\(field)"
    }
}
