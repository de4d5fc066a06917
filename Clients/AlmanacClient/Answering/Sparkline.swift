/// Numbers in a row, drawn small; a gap stays a gap.
struct Sparkline {
    private let values: [Double?]

    /// Of a JSON array of numbers and nulls; nil for anything else.
    init?(json: String) {
        guard json.hasPrefix("["), json.hasSuffix("]") else { return nil }
        var values: [Double?] = []
        for element in json.dropFirst().dropLast().split(separator: ",") {
            if element == "null" {
                values.append(nil)
            } else {
                guard let number = Double(element), number.isFinite else { return nil }
                values.append(number)
            }
        }
        self.values = values
    }

    var json: JSONValue { .array(values.map { $0.map { .number(CellText.real($0)) } ?? .null }) }

    /// Bars; the numbers themselves where only ASCII is wanted.
    func text(lowerIsBetter: Bool, isPlain: Bool) -> String {
        guard !isPlain else { return values.map { $0.map(CellText.real) ?? "." }.joined(separator: " ") }
        let known = values.compactMap(\.self)
        guard let low = known.min(), let high = known.max() else { return "" }
        return String(
            values.map { value -> Character in
                guard let value else { return " " }
                guard high > low else { return Self.bars[3] }
                // Halves, whose difference is always finite.
                let height = (value / 2 - low / 2) / (high / 2 - low / 2)
                let up = lowerIsBetter ? 1 - height : height
                return Self.bars[min(7, max(0, Int((up * 7).rounded())))]
            })
    }

    private static let bars: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
}
