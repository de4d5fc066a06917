/// Names a request and everything that answers it, on one connection. Zero is the connection itself.
public struct ExchangeID: Hashable, Comparable, Sendable {
    public let rawValue: UInt16

    public init(_ rawValue: UInt16) { self.rawValue = rawValue }

    public static let connection = ExchangeID(0)

    public static func < (lhs: ExchangeID, rhs: ExchangeID) -> Bool { lhs.rawValue < rhs.rawValue }
}

extension ExchangeID: CustomStringConvertible {
    public var description: String { String(rawValue) }
}
