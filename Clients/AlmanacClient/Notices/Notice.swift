import AlmanacModel

/// Something that happened to what this person wrote, or was said to them.
public struct Notice: Hashable, Sendable {
    public let kind: Kind
    /// What it is about, as a command takes it: the id of an annotation, of a conflict, of a change.
    public let about: String
    /// Without the end of a line.
    public let sentence: String
    /// Tells it from all others; the same for what was told before.
    let key: String
    /// What was told under the key: where that is something else by now, it is news again.
    let state: String

    /// As programs know them.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case reply, mention, conflict, accepted, revised, orphan, rejected
    }

    init(_ kind: Kind, about: String, key: String, state: String = "", _ sentence: String) {
        self.kind = kind
        self.about = about
        self.sentence = sentence
        self.key = "\(kind.rawValue):\(key)"
        self.state = state
    }

    public var members: [JSONMember] {
        [
            JSONMember("kind", .string(kind.rawValue)), JSONMember("about", .string(about)),
            JSONMember("sentence", .string(sentence)),
        ]
    }
}
