/// How the values of a column are written. The raw value is the code on the wire.
enum ColumnEncoding: UInt8, Hashable, Sendable, CaseIterable {
    case plain = 0
    case difference = 1
    case dictionary = 2
    case scaled = 3
}
