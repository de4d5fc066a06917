import AlmanacModel

/// The record that there are many of: a key, a name, a reference, two categories, an amount, a day, a moment, a number, free text.
public struct Deal: Sendable {
    /// From 0.
    public let number: Int
    public let name: String
    /// The number of the organisation.
    public let organisation: Int
    public let kind: String
    /// Absent in 4 of 100.
    public let amount: ExactDecimal?
    public let currency: String
    /// Days since 1970-01-01, in the years 2005 to 2025.
    public let announcedDay: Int64
    /// Whole seconds, up to 400 days after the announcement.
    public let updatedMilliseconds: Int64
    public let investors: Int
    /// Absent in 30 of 100.
    public let note: String?

    public var announced: CalendarDate? { CalendarDate(dayNumber: announcedDay) }
    public var updated: Instant { Instant(clamping: updatedMilliseconds) }
    public var key: String { "deal-\(Digits.six(number + 1))" }
}
