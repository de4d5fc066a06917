import AlmanacModel

/// The names that a dataset knows, and the keys of the records that they mean.
public struct NameTable: Sendable {
    private var keys: [String: Set<Text>] = [:]

    public init() {}

    public mutating func add(_ name: Text, meaning key: Text) { keys[name.string, default: []].insert(key) }

    /// All that the name may mean. Names are the same if they look the same, however their accents are encoded.
    func keys(of name: String) -> [Text] { (keys[name] ?? []).sorted() }

    func near(_ name: String) -> Text? {
        var near = NearText(to: name)
        for candidate in keys.keys { near.look(at: candidate) }
        return near.found.map { Text($0) }
    }
}
