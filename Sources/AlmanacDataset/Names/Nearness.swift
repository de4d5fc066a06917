import AlmanacPackage

/// How alike two names are, from 0 to 1.
enum Nearness {
    /// From here on a name is worth suggesting.
    static let near = 0.6

    /// One name within the other counts much, else the share of letters that need no change.
    static func between(_ first: FoldedText, _ second: FoldedText) -> Double {
        let (first, second) = (Array(first.text.unicodeScalars), Array(second.text.unicodeScalars))
        guard !first.isEmpty, !second.isEmpty, first.count <= 80, second.count <= 80,
            let distance = EditDistance.between(first, second)
        else { return 0 }
        let alike = 1 - Double(distance) / Double(max(first.count, second.count))
        let isWithin = first.count >= 3 && second.count > first.count && second.starts(with: first)
        return isWithin ? max(alike, 0.8) : alike
    }
}
