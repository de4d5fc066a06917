import AlmanacReplica

/// `almanac advice`: what sources recommend to an audience.
public struct AdviceQuestion: Question {
    /// To whom advice is addressed.
    public enum Audience: String, CaseIterable, Sendable {
        case policymaker, investor, entrepreneur, corporation, university
    }

    public var audience: Audience?

    /// Nil for everybody's.
    public init(for audience: Audience? = nil) { self.audience = audience }

    public func reply(from dataset: DatasetReader) throws -> Reply {
        try dataset.require("answer_advice")
        let answer = try dataset.answer(
            "advice",
            [
                .init("audience", "for", audience == nil ? .plain : .hidden), .init("advice", nil, .prose), .init("statement"),
                .init("source"),
                .init("key", nil, .hidden), .init("source_url", nil, .hidden),
            ],
            "SELECT * FROM answer_advice WHERE ?1 IS NULL OR audience = ?1 ORDER BY audience, statement, key",
            audience.map { .text($0.rawValue) } ?? .null)
        return Reply(answer, notes: ["Advice is what a source recommends or sees as a use; it is not this program's."])
    }
}
