import AlmanacModel
import AlmanacWire
import Testing

enum ValueVectors {
    static func file() throws -> VectorFile {
        let good = try values().map { name, value in
            var bytes: [UInt8] = []
            CanonicalValue.append(value, to: &bytes)
            return Vector.good(name, "value \(value.typeCode)", bytes, value.json)
        }
        return VectorFile(about: "Section 5: canonical bytes of values", good: good, refused: refused)
    }

    static func values() throws -> [(String, Value)] {
        [
            ("false", .boolean(false)), ("true", .boolean(true)), ("integer 0", .integer(0)), ("integer -3", .integer(-3)),
            ("greatest integer", .integer(.max)), ("least integer", .integer(.min)),
            ("decimal 0", .decimal(.zero)), ("decimal 12.5", .decimal(try #require(ExactDecimal("12.50")))),
            ("decimal -0.001", .decimal(try #require(ExactDecimal("-0.001")))),
            ("decimal 3000000", .decimal(try #require(ExactDecimal("3000000")))),
            ("greatest decimal", .decimal(try #require(ExactDecimal(significand: 999_999_999_999_999, exponent: 22)))),
            ("decimal nearest to zero", .decimal(try #require(ExactDecimal(significand: -1, exponent: -22)))),
            ("empty text", .text("")), ("text", .text("São Paulo")), ("decomposed text", .text("Sa\u{303}o Paulo")),
            ("date 1970-01-01", .date(try #require(CalendarDate("1970-01-01")))),
            ("date 2024-02-29", .date(try #require(CalendarDate("2024-02-29")))),
            ("first date", .date(try #require(CalendarDate("0001-01-01")))),
            ("last date", .date(try #require(CalendarDate("9999-12-31")))),
            ("instant", .instant(try #require(Instant("2026-11-21T09:12:00.250Z")))),
            ("instant before 1970", .instant(try #require(Instant("1969-12-31T23:59:59.999Z")))),
            ("first instant", .instant(Instant(clamping: .min))), ("last instant", .instant(.distantFuture)),
            ("uuid", .uuid(try #require(UniqueID("0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0")))),
            ("no bytes", .bytes([])), ("bytes", .bytes([0, 255, 16])),
            ("empty set", .textSet(TextSet([]))), ("set", .textSet(TextSet(["b", "a", "", "é", "Z"]))),
            ("reference 1", .reference(try #require(RecordID(1)))),
            ("greatest reference", .reference(try #require(RecordID(.max)))),
            ("value of type 11", .unknown(try #require(UnknownValue(typeCode: 11, bytes: [1, 2, 3])))),
            ("empty value of type 255", .unknown(try #require(UnknownValue(typeCode: 255, bytes: [])))),
        ]
    }

    private static let refused: [Vector] = [
        .refused("boolean 02", "value 1", hex: "02", "out_of_range", "A boolean is 00 or 01."),
        .refused("boolean of two bytes", "value 1", hex: "0101", "trailing_bytes", "A boolean has one byte."),
        .refused(
            "integer in too many bytes", "value 2", hex: "8200", "non_canonical_varint", "A number is never longer than needed."),
        .refused(
            "decimal 10 without exponent", "value 3", hex: "0014", "non_canonical", "The significand is not a multiple of ten."),
        .refused("decimal zero with exponent", "value 3", hex: "0200", "non_canonical", "The exponent of zero is zero."),
        .refused("decimal with exponent 23", "value 3", hex: "2e02", "out_of_range", "The exponent is from -22 to 22."),
        .refused("decimal with exponent -23", "value 3", hex: "2d02", "out_of_range", "The exponent is from -22 to 22."),
        .refused(
            "decimal of 16 digits", "value 3", hex: "008280b4ccd4dfc603", "out_of_range",
            "The magnitude of the significand is below 10^15."),
        .refused("decimal without significand", "value 3", hex: "00", "truncated", "A decimal has two numbers."),
        .refused("text that is not UTF-8", "value 4", hex: "c328", "not_utf8", "A text is valid UTF-8."),
        .refused("day before 0001-01-01", "value 5", hex: "f5e457", "out_of_range", "Dates begin with 0001-01-01."),
        .refused("day after 9999-12-31", "value 5", hex: "c282e602", "out_of_range", "Dates end with 9999-12-31."),
        .refused("instant 2^63-1", "value 6", hex: "feffffffffffffffff01", "out_of_range", "Instants end with the year 9999."),
        .refused("uuid of 15 bytes", "value 7", hex: "000102030405060708090a0b0c0d0e", "truncated", "A UUID has 16 bytes."),
        .refused(
            "uuid of 17 bytes", "value 7", hex: "000102030405060708090a0b0c0d0e0f10", "trailing_bytes", "A UUID has 16 bytes."),
        .refused("set in descending order", "value 9", hex: "0201620161", "not_ascending", "A set is strictly ascending."),
        .refused("set with a repetition", "value 9", hex: "0201610161", "not_ascending", "A set is strictly ascending."),
        .refused("set of 1025", "value 9", hex: "8108", "too_large", "A set has at most 1,024 elements."),
        .refused("reference 0", "value 10", hex: "00", "out_of_range", "A record id is at least 1."),
        .refused("reference 2^63", "value 10", hex: "80808080808080808001", "out_of_range", "A record id is at most 2^63-1."),
        .refused("type 0", "value 0", hex: "00", "unknown_code", "Types begin with 1."),
    ]
}
