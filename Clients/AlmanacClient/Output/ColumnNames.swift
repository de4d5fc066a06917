/// The names of a result's columns.
enum ColumnNames {
    /// A name that stands a second time gets a number: objects need distinct names.
    static func distinct(_ names: [String]) -> [String] {
        var used: Set<String> = []
        return names.map { name in
            var (candidate, number) = (name, 2)
            while !used.insert(candidate).inserted {
                candidate = "\(name)_\(number)"
                number += 1
            }
            return candidate
        }
    }
}
