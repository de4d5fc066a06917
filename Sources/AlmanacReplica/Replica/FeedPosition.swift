import AlmanacModel

/// How far somebody has taken over what a replica's feed of changes tells: up to a sequence, and up to an entry of that file's own
/// list of the streams that joined and left it, which moves also while the sequence stays.
///
/// Written as `48211`, or `48211.9f3a1c2b.12`: the sequence, the file, the entry.
public struct FeedPosition: Hashable, Sendable {
    public let sequence: Sequence
    /// Nil where only the sequence is known: then the list counts as read as far as it was when the file came to that sequence.
    public let membership: Membership?

    /// An entry of the list of a file.
    public struct Membership: Hashable, Sendable {
        /// Drawn when the file was made: a full copy is another file.
        let file: UInt32
        let number: Int64
    }

    public init(_ sequence: Sequence, _ membership: Membership? = nil) {
        self.sequence = sequence
        self.membership = membership
    }

    /// Before everything.
    public static let start = FeedPosition(.zero)

    /// Nil for anything but the two forms; an `r` before the sequence is allowed.
    public init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard !text.contains(where: { "+-".contains($0) }), let first = parts.first,
            let sequence = UInt64(first.hasPrefix("r") ? first.dropFirst() : first),
            sequence <= Sequence.max.rawValue
        else { return nil }
        switch parts.count {
        case 1: self.init(Sequence(sequence))
        case 3:
            guard parts[1].utf8.count == 8, let file = UInt32(parts[1], radix: 16), let number = Int64(parts[2]), number >= 0
            else {
                return nil
            }
            self.init(Sequence(sequence), Membership(file: file, number: number))
        default: return nil
        }
    }
}

extension FeedPosition: CustomStringConvertible {
    public var description: String {
        guard let membership else { return "\(sequence.rawValue)" }
        let file = String(membership.file, radix: 16)
        return "\(sequence.rawValue).\(String(repeating: "0", count: 8 - file.utf8.count))\(file).\(membership.number)"
    }
}
