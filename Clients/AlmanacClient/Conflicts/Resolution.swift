import AlmanacModel

/// How a conflict is to be resolved, as one operation; not saved yet.
public struct Resolution: Hashable, Sendable {
    public let proposal: Proposal
    public let kept: String
    /// What it does with both versions. `made` stands for the id of a reply or a new annotation.
    let words: String

    /// `the server's text kept; yours became reply b102`
    public func sentence(_ saved: SavedChange) -> String { words.replacing("%made", with: saved.shortID) }
}
