/// A moment in UTC, to the millisecond, in the years 0001 to 9999.
public struct Instant: Hashable, Comparable, Sendable {
    /// Milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
    public let milliseconds: Int64

    private static let millisecondsPerDay: Int64 = 86_400_000
    private static let range =
        CalendarDate.dayNumbers.lowerBound * millisecondsPerDay..<(CalendarDate.dayNumbers.upperBound + 1) * millisecondsPerDay

    /// Nil outside the years 0001 to 9999.
    public init?(milliseconds: Int64) {
        guard Self.range.contains(milliseconds) else { return nil }
        self.milliseconds = milliseconds
    }

    /// The end of the range: later than every clock.
    public static let distantFuture = Instant(clamping: .max)

    /// The nearest moment in range, for clocks, which may show anything.
    public init(clamping milliseconds: Int64) {
        self.milliseconds = min(max(milliseconds, Self.range.lowerBound), Self.range.upperBound - 1)
    }

    /// Reads `YYYY-MM-DDThh:mm:ssZ`, with one to three digits after a point or none; nil for anything else.
    public init?(_ text: some StringProtocol) {
        let characters = Array(text.utf8)
        guard characters.count >= 20, characters.last == UInt8(ascii: "Z"), characters[10] == UInt8(ascii: "T"),
            characters[13] == UInt8(ascii: ":"), characters[16] == UInt8(ascii: ":"),
            let date = CalendarDate(String(decoding: characters[0..<10], as: UTF8.self)),
            let hour = Digits.number(characters[11..<13]), hour < 24, let minute = Digits.number(characters[14..<16]),
            minute < 60,
            let second = Digits.number(characters[17..<19]), second < 60,
            let fraction = Self.thousandths(characters[19..<(characters.count - 1)])
        else { return nil }
        let seconds = Int64(hour) * 3_600 + Int64(minute) * 60 + Int64(second)
        self.init(milliseconds: Int64(date.dayNumber) * Self.millisecondsPerDay + seconds * 1_000 + Int64(fraction))
    }

    private static func thousandths(_ characters: ArraySlice<UInt8>) -> Int? {
        guard let point = characters.first else { return 0 }
        let digits = characters.dropFirst()
        guard point == UInt8(ascii: "."), (1...3).contains(digits.count), let number = Digits.number(digits) else { return nil }
        return [100, 10, 1][digits.count - 1] * number
    }

    /// This moment and so much more, or the end of the range.
    public func advanced(by duration: Duration) -> Instant {
        let (seconds, attoseconds) = duration.components
        let (thousand, overflow) = seconds.multipliedReportingOverflow(by: 1_000)
        let (sum, overflowOfSum) = milliseconds.addingReportingOverflow(thousand)
        let (total, overflowOfTotal) = sum.addingReportingOverflow(attoseconds / 1_000_000_000_000_000)
        if overflow || overflowOfSum || overflowOfTotal { return Instant(clamping: seconds < 0 ? .min : .max) }
        return Instant(clamping: total)
    }

    /// The time from another moment to this one; negative when that is the later one.
    public func duration(since other: Instant) -> Duration { .milliseconds(milliseconds - other.milliseconds) }

    public static func < (lhs: Instant, rhs: Instant) -> Bool { lhs.milliseconds < rhs.milliseconds }
}

extension Instant: CustomStringConvertible {
    /// `2026-11-21T09:12:00Z`; the milliseconds are written only where there are some.
    public var description: String {
        let day = milliseconds >= 0 ? milliseconds / Self.millisecondsPerDay : (milliseconds + 1) / Self.millisecondsPerDay - 1
        let rest = Int(milliseconds - day * Self.millisecondsPerDay)
        guard let date = CalendarDate(dayNumber: day) else { return "?" }
        let count = rest % 1_000 == 0 ? 20 : 24
        return String(unsafeUninitializedCapacity: count) { buffer in
            date.write(to: buffer)
            Self.write(millisecondOfDay: rest, to: buffer)
            buffer[count - 1] = UInt8(ascii: "Z")
            return count
        }
    }

    /// Behind the date: `T09:12:00`, and `.250` where there are milliseconds.
    private static func write(millisecondOfDay rest: Int, to buffer: UnsafeMutableBufferPointer<UInt8>) {
        buffer[10] = UInt8(ascii: "T")
        Digits.write(rest / 3_600_000, width: 2, to: buffer, at: 11)
        buffer[13] = UInt8(ascii: ":")
        Digits.write(rest / 60_000 % 60, width: 2, to: buffer, at: 14)
        buffer[16] = UInt8(ascii: ":")
        Digits.write(rest / 1_000 % 60, width: 2, to: buffer, at: 17)
        guard rest % 1_000 != 0 else { return }
        buffer[19] = UInt8(ascii: ".")
        Digits.write(rest % 1_000, width: 3, to: buffer, at: 20)
    }
}
