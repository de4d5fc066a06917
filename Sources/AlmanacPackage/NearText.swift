/// Finds what somebody may have meant.
public struct NearText {
    /// More candidates are not looked at: a report would take too long.
    public static let maximumCandidates = 200_000
    private static let maximumDistance = 2

    private let text: [Unicode.Scalar]
    private var best: (text: String, distance: Int)?
    private var seen = 0

    public init(to text: String) { self.text = Array(text.lowercased().unicodeScalars.prefix(200)) }

    /// The nearest candidate so far: at most two characters are wrong, missing or too many, and less than half of them.
    public var found: String? { best?.text }

    public mutating func look(at candidate: String) {
        guard seen < Self.maximumCandidates else { return }
        seen += 1
        // Half of a short text could be anything.
        let limit = min(Self.maximumDistance, (text.count - 1) / 2, (best?.distance ?? .max) - 1)
        guard limit >= 0, abs(candidate.unicodeScalars.count - text.count) <= limit else { return }
        if let distance = EditDistance.between(text, Array(candidate.lowercased().unicodeScalars), limit: limit) {
            best = (candidate, distance)
        }
    }
}
