import AlmanacModel
import AlmanacWire

/// The streams that a context wants: patterns and names. `reference`, which explains all others, is always among them.
public struct Subscription: Hashable, Sendable {
    /// Sorted as text; none covers another.
    public let patterns: [StreamPattern]

    /// Everything that may be read: what a context begins with.
    public static let all = Subscription([.all])

    /// As many as one pull can carry.
    public static let maximumCount = Caps.patternsOfPull

    public init(_ patterns: [StreamPattern]) {
        let unique = Set(patterns).subtracting([.exactly(.reference)])
        self.patterns = unique.filter { pattern in !unique.contains { $0 != pattern && $0.covers(pattern) } }
            .sorted { $0.description < $1.description }
    }

    public func includes(_ stream: StreamName) -> Bool { stream == .reference || patterns.contains { $0.matches(stream) } }

    public func adding(_ added: [StreamPattern]) -> Subscription { Subscription(patterns + added) }

    /// Without these. Where a pattern covers one of them it becomes the names of the other streams that are `known`: streams that are
    /// born later are not among those.
    public func removing(_ removed: [StreamPattern], known: [StreamName]) -> Subscription {
        Subscription(
            patterns.flatMap { pattern -> [StreamPattern] in
                if removed.contains(where: { $0.covers(pattern) }) { return [] }
                guard removed.contains(where: pattern.covers) else { return [pattern] }
                return known.filter { name in pattern.matches(name) && !removed.contains { $0.matches(name) } }.map {
                    .exactly($0)
                }
            })
    }
}

extension Subscription: CustomStringConvertible {
    public var description: String {
        patterns.isEmpty ? "reference alone" : patterns.map(\.description).joined(separator: ", ")
    }
}
