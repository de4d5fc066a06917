import AlmanacModel

/// What deals refer to.
public struct Organisation: Sendable {
    /// From 0.
    public let number: Int
    public let name: String
    public let country: String
    /// Days since 1970-01-01, in the years 1942 to 2019.
    public let foundedDay: Int64

    public var founded: CalendarDate? { CalendarDate(dayNumber: foundedDay) }
    public var key: String { "org-\(Digits.six(number + 1))" }
}

/// Numbers in keys.
enum Digits {
    static func six(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }
}
