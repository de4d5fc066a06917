import ArgumentParser

/// `2023`, or `2021-2023`.
struct YearRange: ExpressibleByArgument {
    let years: ClosedRange<Int>

    init?(argument: String) {
        let parts = argument.split(whereSeparator: { $0 == "-" || $0 == "–" }).map(String.init)
        let years = parts.compactMap(Int.init).filter { (1_000...9_999).contains($0) }
        guard (1...2).contains(parts.count), years.count == parts.count, let first = years.first, let last = years.last,
            first <= last
        else { return nil }
        self.years = first...last
    }
}
