import AlmanacModel

/// Ids as people write them: the first hexadecimal digits of a UUID.
public enum ShortID {
    public static let minimumDigits = 4

    /// As many digits as tell it from the others, and ``minimumDigits`` at least.
    public static func of(_ id: UniqueID, among others: some Swift.Sequence<UniqueID>) -> String {
        let digits = digits(of: id)
        let shared = others.filter { $0 != id }.map { zip(digits, Self.digits(of: $0)).prefix { $0 == $1 }.count }.max() ?? 0
        return String(digits.prefix(max(minimumDigits, shared + 1)))
    }

    /// All 32 digits.
    public static func digits(of id: UniqueID) -> String { Hex.encode(id.bytes) }

    /// The digits that somebody has typed, hyphens left out; nil for what cannot begin an id.
    public static func prefix(_ text: String) -> String? {
        let digits = text.lowercased().filter { $0 != "-" }
        guard (1...32).contains(digits.utf8.count), digits.allSatisfy({ $0.isASCII && $0.isHexDigit }) else { return nil }
        return digits
    }

    /// Whether somebody who typed this probably means an id: hexadecimal, and long enough.
    public static func isLikely(_ text: String) -> Bool {
        guard let digits = prefix(text) else { return false }
        return digits.utf8.count >= minimumDigits
    }

    /// For many ids at once.
    public static func all(_ ids: some Swift.Sequence<UniqueID>) -> [UniqueID: String] {
        let sorted = ids.map { (id: $0, digits: Array(digits(of: $0).utf8)) }.sorted {
            $0.digits.lexicographicallyPrecedes($1.digits)
        }
        var short: [UniqueID: String] = [:]
        for (index, entry) in sorted.enumerated() {
            let neighbours = [index - 1, index + 1].filter(sorted.indices.contains).map { sorted[$0].digits }
            let shared =
                neighbours.filter { $0 != entry.digits }.map { zip($0, entry.digits).prefix { $0 == $1 }.count }.max() ?? 0
            short[entry.id] = String(decoding: entry.digits.prefix(max(minimumDigits, shared + 1)), as: UTF8.self)
        }
        return short
    }
}
