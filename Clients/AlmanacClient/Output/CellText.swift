import AlmanacModel
import AlmanacReplica
import Foundation

/// A value of a query's result as text.
public enum CellText {
    /// Fifteen digits where they give the number back, which they do for every decimal of a dataset; else as many as it takes.
    public static func real(_ number: Double) -> String {
        let short = String(format: "%.15g", number)
        return Double(short) == number ? short : number.description
    }

    public static func isNumber(_ cell: RawQuery.Cell) -> Bool {
        switch cell {
        case .integer, .real: true
        case .null, .text, .blob: false
        }
    }

    /// For tables and CSV; `text` says what becomes of texts.
    public static func plain(_ cell: RawQuery.Cell, _ text: (String) -> String) -> String {
        switch cell {
        case .null: ""
        case .integer(let number): String(number)
        case .real(let number): real(number)
        case .text(let string): text(string)
        case .blob(let bytes): Hex.encode(bytes)
        }
    }

    public static func json(_ cell: RawQuery.Cell) -> JSONValue {
        switch cell {
        case .null: .null
        case .integer(let number): .integer(number)
        case .real(let number): number.isFinite ? .number(real(number)) : .null
        case .text(let string): .string(string)
        case .blob(let bytes): .string(Hex.encode(bytes))
        }
    }
}
