import AlmanacModel

/// What has become of what an annotation points at, since its author saw it.
public enum AnchorState: Hashable, Sendable {
    case current
    /// These values are others now.
    case changed([ValueDifference])
    /// The record was changed, and what it held then is not known.
    case revised
    /// The record is gone.
    case gone
    /// The stream in which the record would be is not here.
    case elsewhere

    /// A sentence for people; nil where there is nothing to say. `name` is what the record was called.
    public func sentence(of anchor: Anchor) -> String? {
        switch self {
        case .current: nil
        case .changed(let differences):
            anchor.field == nil
                ? "the record has changed since: \(differences.map(\.withField).joined(separator: "; "))"
                : "the value has changed since: \(differences.map(\.text).joined(separator: "; "))"
        case .revised: "the record has changed since"
        case .gone: "the record is gone; it was \(anchor.name)"
        case .elsewhere: "the record is in a stream that is not here"
        }
    }

    /// As programs know it.
    public var code: String {
        switch self {
        case .current: "current"
        case .changed, .revised: "changed"
        case .gone: "gone"
        case .elsewhere: "elsewhere"
        }
    }

    public var isStale: Bool { code == "changed" }
}

/// A field that holds something else than it did; nil stands for nothing.
public struct ValueDifference: Hashable, Sendable {
    public let field: String
    public let seen: String?
    public let now: String?

    public init(field: String, seen: String?, now: String?) {
        self.field = field
        self.seen = seen
        self.now = now
    }

    /// `10.3 became 9.9`
    public var text: String { "\(Self.shown(seen)) became \(Self.shown(now))" }

    /// `rank: 3 became 4`
    public var withField: String { "\(field): \(text)" }

    /// Long texts are cut: the whole of them stands in the record.
    private static func shown(_ text: String?) -> String {
        guard let text else { return "nothing" }
        let cut = text.prefix(limit)
        return cut.count < text.count ? "“\(cut)…”" : text.contains(" ") ? "“\(text)”" : text
    }

    /// In characters.
    static let limit = 80
}
