/// A day of the proleptic Gregorian calendar, from 0001-01-01 to 9999-12-31, without a time zone.
public struct CalendarDate: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01.
    public let dayNumber: Int32

    public static let dayNumbers: ClosedRange<Int64> = -719_162...2_932_896

    /// Nil outside ``dayNumbers``.
    public init?(dayNumber: Int64) {
        guard Self.dayNumbers.contains(dayNumber) else { return nil }
        self.dayNumber = Int32(dayNumber)
    }

    /// Nil unless this day exists.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9_999).contains(year), (1...12).contains(month), day >= 1, day <= Self.days(inMonth: month, of: year) else {
            return nil
        }
        self.init(dayNumber: Self.dayNumber(year: year, month: month, day: day))
    }

    /// Reads `YYYY-MM-DD`; nil for anything else.
    public init?(_ text: some StringProtocol) {
        let characters = Array(text.utf8)
        guard characters.count == 10, characters[4] == UInt8(ascii: "-"), characters[7] == UInt8(ascii: "-"),
            let year = Digits.number(characters[0..<4]), let month = Digits.number(characters[5..<7]),
            let day = Digits.number(characters[8..<10])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// Algorithm: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (civil_from_days).
    public var components: (year: Int, month: Int, day: Int) {
        let shifted = Int(dayNumber) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    /// Algorithm: as ``components`` (days_from_civil).
    private static func dayNumber(year: Int, month: Int, day: Int) -> Int64 {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return Int64(era * 146_097 + dayOfEra - 719_468)
    }

    private static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 2: year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    public static func < (lhs: CalendarDate, rhs: CalendarDate) -> Bool { lhs.dayNumber < rhs.dayNumber }
}

extension CalendarDate: CustomStringConvertible {
    /// `2026-11-21`
    public var description: String {
        String(unsafeUninitializedCapacity: Self.characterCount) { buffer in
            write(to: buffer)
            return Self.characterCount
        }
    }

    static let characterCount = 10

    /// At the beginning of a buffer of at least ``characterCount`` bytes.
    func write(to buffer: UnsafeMutableBufferPointer<UInt8>) {
        let (year, month, day) = components
        Digits.write(year, width: 4, to: buffer, at: 0)
        buffer[4] = UInt8(ascii: "-")
        Digits.write(month, width: 2, to: buffer, at: 5)
        buffer[7] = UInt8(ascii: "-")
        Digits.write(day, width: 2, to: buffer, at: 8)
    }
}
