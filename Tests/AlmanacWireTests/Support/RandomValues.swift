import AlmanacModel
import Testing

/// Values of every type, extremes among them.
struct RandomValues {
    var generator: SeededGenerator

    mutating func value(of code: UInt8) throws -> Value {
        switch ValueType(rawValue: code) {
        case .boolean: .boolean(generator.chance(2))
        case .integer: .integer(integer())
        case .decimal: .decimal(try decimal())
        case .text: .text(text())
        case .date: .date(try #require(CalendarDate(dayNumber: Int64(generator.number(-719_162...2_932_896)))))
        case .instant: .instant(Instant(clamping: integer()))
        case .uuid: .uuid(try #require(UniqueID(bytes: generator.bytes(16))))
        case .bytes: .bytes(generator.bytes(generator.number(0...40)))
        case .textSet: .textSet(TextSet((0..<generator.number(0...5)).map { _ in text() }))
        case .reference: .reference(try #require(RecordID(max(1, integer() & .max))))
        case .none: .unknown(try #require(UnknownValue(typeCode: code, bytes: generator.bytes(generator.number(0...20)))))
        }
    }

    mutating func integer() -> Int64 {
        switch generator.number(0...5) {
        case 0: generator.pick([.min, .max, 0, -1, 1])
        case 1: Int64(truncatingIfNeeded: generator.next())
        default: Int64(generator.number(-5_000...5_000))
        }
    }

    mutating func decimal() throws -> ExactDecimal {
        let extremes: [(Int64, Int)] = [(999_999_999_999_999, 22), (-999_999_999_999_999, -22), (0, 0), (1, 22), (-1, -22)]
        let (significand, exponent) =
            generator.chance(10)
            ? generator.pick(extremes) : (Int64(generator.number(-100_000...100_000)), generator.number(-4...2))
        return try #require(ExactDecimal(significand: significand, exponent: exponent))
    }

    mutating func text() -> Text {
        let words = ["", "Tokyo–Yokohama", "São Paulo", "a", "e\u{301}", "\u{e9}", "東京", "\u{0}", "🗾", "patents"]
        return generator.chance(3) ? Text("\(generator.pick(words)) \(generator.number(0...999))") : Text(generator.pick(words))
    }
}
