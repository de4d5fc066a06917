import AlmanacModel
import Testing

@Suite struct CalendarDateTests {
    private static func isLeap(_ year: Int) -> Bool { year % 400 == 0 || (year % 4 == 0 && year % 100 != 0) }

    private static let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

    /// Counts day by day, beginning at a known day.
    private static func check(from year: Int, years: Int, dayNumber first: Int64) {
        var dayNumber = first
        for year in year..<(year + years) {
            for month in 1...12 {
                let length = lengths[month - 1] + (month == 2 && isLeap(year) ? 1 : 0)
                #expect(CalendarDate(year: year, month: month, day: length + 1) == nil)
                for day in 1...length {
                    let date = CalendarDate(year: year, month: month, day: day)
                    let text = date.map(String.init(describing:)) ?? ""
                    if date?.dayNumber != Int32(dayNumber) || CalendarDate(text) != date
                        || date.map({ $0.components == (year, month, day) }) != true
                    {
                        Issue.record("\(year)-\(month)-\(day) is not day \(dayNumber)")
                        return
                    }
                    dayNumber += 1
                }
            }
        }
    }

    @Test func everyDayOfFourHundredYears() { Self.check(from: 1_970, years: 400, dayNumber: 0) }

    @Test func everyDayOfTheFirstFourHundredYears() {
        Self.check(from: 1, years: 400, dayNumber: CalendarDate.dayNumbers.lowerBound)
    }

    @Test func everyDayOfTheYearsAroundTheEpoch() {
        // 1900 to 1969 has 70 years, 17 of them leap years (1900 is none).
        Self.check(from: 1_900, years: 100, dayNumber: -(70 * 365 + 17))
    }

    @Test func theRangeEndsWithTheYear9999() throws {
        #expect(CalendarDate(dayNumber: CalendarDate.dayNumbers.lowerBound)?.description == "0001-01-01")
        #expect(CalendarDate(dayNumber: CalendarDate.dayNumbers.upperBound)?.description == "9999-12-31")
        for dayNumber in [CalendarDate.dayNumbers.lowerBound - 1, CalendarDate.dayNumbers.upperBound + 1, .min, .max] {
            #expect(CalendarDate(dayNumber: dayNumber) == nil)
        }
        #expect(CalendarDate(year: 0, month: 1, day: 1) == nil)
        #expect(CalendarDate(year: 10_000, month: 1, day: 1) == nil)
        #expect(CalendarDate(year: .max, month: .max, day: .max) == nil)
        #expect(CalendarDate(year: 2_024, month: 1, day: .min) == nil)
    }

    @Test(arguments: [
        "", "2024-02-30", "2023-02-29", "1900-02-29", "2024-00-01", "2024-13-01", "2024-01-00", "2024-04-31", "0000-01-01",
        "2024-1-01",
        "2024-01-1", "24-01-01", "2024/01/01", "20240101", "2024-01-01 ", " 2024-01-01", "2024-01-01T", "-024-01-01",
        "2024-+1-01",
        "２０２４-01-01", "2024-01-0\u{301}", "12024-01-01",
    ])
    func textIsRefused(text: String) {
        #expect(CalendarDate(text) == nil)
    }

    @Test func leapDays() {
        #expect(CalendarDate("2000-02-29") != nil)
        #expect(CalendarDate("2024-02-29") != nil)
    }
}
