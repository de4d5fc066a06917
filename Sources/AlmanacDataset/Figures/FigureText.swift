import Foundation

/// A figure as people read it: its number with unit or currency, and what qualifies it. `nearly 20 %`, `at least USD 5 billion`.
struct FigureText {
    var value: Double?
    var lower: Double?
    var upper: Double?
    var words: String?
    var unit: String?
    var currency: String?
    var precision: String?
    var qualifier: String?

    /// Of a row with these columns, `words` being `value_text`.
    init(_ row: DatasetRow) {
        value = row.real("value")
        lower = row.real("lower")
        upper = row.real("upper")
        words = row.text("value_text")
        unit = row.text("unit")
        currency = row.text("currency")
        precision = row.text("precision")
        qualifier = row.text("qualifier")
    }

    /// Nil where there is neither a number nor words.
    var text: String? {
        if let value { return qualified(amount(value)) }
        switch (lower, upper) {
        case (let lower?, let upper?) where lower == upper: return qualified(amount(lower))
        case (let lower?, let upper?): return "\(Self.number(lower)) to \(amount(upper))"
        case (let lower?, nil): return (precision == "more than" ? "more than " : "at least ") + amount(lower)
        case (nil, let upper?):
            if isPlace { return "\(amount(upper)) or better" }
            return (precision == "less than" ? "less than " : "at most ") + amount(upper)
        case (nil, nil): return words.map(qualified)
        }
    }

    private var isPlace: Bool { unit == "rank" || unit == "position" }

    private func qualified(_ amount: String) -> String {
        switch precision {
        case nil, "exact": amount
        case "approximately": "about \(amount)"
        case "nearly", "more than", "less than", "at least", "at most": "\(precision ?? "") \(amount)"
        case "unspecified": qualifier.map { "\(amount) (\($0))" } ?? amount
        default: "\(amount) (\(qualifier ?? precision ?? ""))"
        }
    }

    private func amount(_ value: Double) -> String {
        let number = Self.number(value)
        let before = currency.map { "\($0) " } ?? ""
        switch unit {
        case nil, "rank", "position", "year", "date": return before + number
        case "percent": return "\(before)\(number) %"
        case let unit?: return "\(before)\(number) \(unit)"
        }
    }

    /// Fifteen digits, as decimals of a dataset have at most; in threes from 10,000 on, so that years stay years.
    static func number(_ value: Double) -> String {
        let digits = String(format: "%.15g", value)
        let whole = digits.drop { $0 == "-" }.prefix { $0.isASCII && $0.isNumber }
        guard whole.count > 4, !digits.contains("e") else { return digits }
        var grouped = ""
        for (index, digit) in whole.enumerated() {
            if index > 0, (whole.count - index) % 3 == 0 { grouped += "," }
            grouped.append(digit)
        }
        let sign = digits.hasPrefix("-") ? "-" : ""
        return sign + grouped + digits.dropFirst(sign.count + whole.count)
    }
}
