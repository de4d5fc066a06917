extension ByteCount {
    /// As people write it: a number, perhaps with a fraction, and perhaps a unit: `500000`, `10MB`, `1.5 GB`, `64KiB`. Decimal units are
    /// powers of 1,000, binary ones (`KiB`, `MiB`, `GiB`) of 1,024; letter case does not matter. Nil for anything else, and for more than
    /// a number can hold.
    public init?(_ text: some StringProtocol) {
        let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let unit = text.dropFirst(number.count).drop { $0 == " " }.lowercased()
        let parts = number.split(separator: ".", omittingEmptySubsequences: false)
        guard let factor = Self.units[unit], (1...2).contains(parts.count), let whole = parts.first.flatMap({ Int($0) }) else {
            return nil
        }
        var (total, overflow) = whole.multipliedReportingOverflow(by: factor)
        guard !overflow else { return nil }
        if parts.count == 2 {
            guard (1...9).contains(parts[1].count), let digits = Int(parts[1]) else { return nil }
            let scale = parts[1].reduce(1) { scale, _ in scale * 10 }
            (total, overflow) = total.addingReportingOverflow(Int(Double(digits) / Double(scale) * Double(factor)))
            guard !overflow else { return nil }
        }
        self.init(total)
    }

    private static let units = [
        "": 1, "b": 1, "kb": 1_000, "mb": 1_000_000, "gb": 1_000_000_000, "tb": 1_000_000_000_000, "kib": 1_024, "mib": 1_048_576,
        "gib": 1_073_741_824,
    ]
}
