import TestSupport
import AlmanacModel
import GRDB
import Testing

@testable import AlmanacReplica

/// Values go through SQLite unchanged.
@Suite struct ValueColumnTests {
    private func roundTrip(_ values: [Value], as type: ValueType) throws -> [Value?] {
        try DatabaseQueue().write { database in
            try database.execute(sql: "CREATE TABLE t (id INTEGER PRIMARY KEY, v \(ValueColumn.declaredType(type)))")
            let insert = try BulkStatement(database, sql: "INSERT INTO t (v) VALUES (?)")
            for value in values {
                ValueColumn.bind(value, to: insert, at: 1)
                try insert.run()
            }
            return try database.rows("SELECT v FROM t ORDER BY id") { try ValueColumn.read(type, from: $0, column: 0) }
        }
    }

    @Test(arguments: ValueType.allCases)
    func everyValueComesBack(type: ValueType) throws {
        var random = RandomValues(generator: SeededGenerator(seed: UInt64(type.rawValue)))
        let values = try (0..<2_000).map { _ in try random.value(of: type.rawValue) }
        let found = try roundTrip(values, as: type)
        #expect(found.count == values.count)
        for (value, found) in zip(values, found) { #expect(found == value) }
    }

    @Test func everyDecimalOfFifteenDigitsComesBack() throws {
        var generator = SeededGenerator(seed: 15)
        var values: [Value] = []
        for exponent in ExactDecimal.exponents {
            for significand in [1, 9, 999_999_999_999_999, 123_456_789_012_345, 100_000_000_000_001] as [Int64] {
                for sign in [1, -1] as [Int64] {
                    values.append(.decimal(try #require(ExactDecimal(significand: sign * significand, exponent: exponent))))
                }
            }
            for _ in 0..<100 {
                let significand = Int64(generator.number(-999_999_999_999_999...999_999_999_999_999))
                guard let decimal = ExactDecimal(significand: significand, exponent: exponent) else { continue }
                values.append(.decimal(decimal))
            }
        }
        #expect(values.count > 4_000)
        #expect(try roundTrip(values, as: .decimal) == values)
    }

    @Test func theEndsOfEveryRangeComeBack() throws {
        let dates = try CalendarDate.dayNumbers.bounds.map { Value.date(try #require(CalendarDate(dayNumber: $0))) }
        #expect(try roundTrip(dates, as: .date) == dates)
        let instants = [Int64.min, -1, 0, 1, .max].map { Value.instant(Instant(clamping: $0)) }
        #expect(try roundTrip(instants, as: .instant) == instants)
        let integers = [Int64.min, -1, 0, 1, .max].map { Value.integer($0) }
        #expect(try roundTrip(integers, as: .integer) == integers)
        let texts = ["", "\u{0}", "a\u{0}", "1", "1e3", " 1", "NULL", "\u{feff}x", String(repeating: "é", count: 30_000)].map {
            Value.text(Text($0))
        }
        #expect(try roundTrip(texts, as: .text) == texts)
        let bytes = [[], [0], [0, 1, 0], Array(repeating: 255, count: 65_536)].map { Value.bytes($0) }
        #expect(try roundTrip(bytes, as: .bytes) == bytes)
        let references = try [1, Int64.max].map { Value.reference(try recordID($0)) }
        #expect(try roundTrip(references, as: .reference) == references)
    }

    @Test func whatWasNeverWrittenIsAnError() throws {
        let wrong: [(ValueType, String)] = [
            (.boolean, "2"), (.boolean, "'x'"), (.integer, "1.5"), (.integer, "x'00'"), (.decimal, "'x'"),
            (.decimal, "1.2345678901234567"),
            (.decimal, "9e999"), (.decimal, "1e300"), (.text, "x'ff'"), (.text, "CAST(x'ff' AS TEXT)"), (.date, "'2026-02-30'"),
            (.date, "''"),
            (.instant, "'2026-01-01'"), (.uuid, "'x'"), (.textSet, "'[\"b\",\"a\"]'"), (.textSet, "'[1]'"), (.reference, "0"),
            (.reference, "-1"),
            (.bytes, "'x'"),
        ]
        for (type, sql) in wrong {
            try DatabaseQueue().write { database in
                try database.execute(sql: "CREATE TABLE t (v \(ValueColumn.declaredType(type))); INSERT INTO t VALUES (\(sql))")
                #expect(throws: StoredValueError.self, "\(type) \(sql)") {
                    try database.row("SELECT v FROM t") { try ValueColumn.read(type, from: $0, column: 0) }
                }
            }
        }
    }
}

extension ClosedRange {
    fileprivate var bounds: [Bound] { [lowerBound, upperBound] }
}
