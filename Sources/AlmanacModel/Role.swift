/// What a person may do. The raw value is its code on the wire.
///
/// Each role may do what the ones before it may; which streams that concerns is a matter of grants and teams.
public enum Role: UInt8, Hashable, Sendable, CaseIterable {
    /// Reads.
    case reader = 1
    /// Writes annotations in the teams that the person is a member of.
    case annotator = 2
    /// Changes the dataset itself.
    case curator = 3
    /// Makes teams and says who belongs to them.
    case administrator = 4
}

extension Role: Comparable {
    public static func < (lhs: Role, rhs: Role) -> Bool { lhs.rawValue < rhs.rawValue }
}

extension Role: CustomStringConvertible {
    public var description: String {
        switch self {
        case .reader: "reader"
        case .annotator: "annotator"
        case .curator: "curator"
        case .administrator: "administrator"
        }
    }
}

extension Role {
    /// With its article: `an annotator`.
    public var indefinite: String {
        switch self {
        case .reader, .curator: "a \(self)"
        case .annotator, .administrator: "an \(self)"
        }
    }

    /// Reads a role as people write it; nil for anything else.
    public init?(_ text: some StringProtocol) {
        guard let role = Self.allCases.first(where: { $0.description == text }) else { return nil }
        self = role
    }
}
