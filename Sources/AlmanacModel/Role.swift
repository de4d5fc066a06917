/// What a person may do. The raw value is its code on the wire.
public enum Role: UInt8, Hashable, Sendable, CaseIterable {
    case reader = 1
}

extension Role: CustomStringConvertible {
    public var description: String {
        switch self {
        case .reader: "reader"
        }
    }
}
