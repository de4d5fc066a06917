/// A time span for people.
enum Span {
    /// The two largest units: `3 d 4 h`, `12 min 5 s`, `0 s`.
    static func text(seconds: Int) -> String {
        let units = [(86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")]
        var (rest, parts): (Int, [String]) = (max(0, seconds), [])
        for (length, name) in units {
            let count = rest / length
            rest %= length
            if count > 0 { parts.append("\(count) \(name)") } else if !parts.isEmpty { break }
        }
        return parts.isEmpty ? "0 s" : parts.prefix(2).joined(separator: " ")
    }
}
