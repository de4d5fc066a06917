import AlmanacModel

/// Which threads somebody wants to see. What is said of a person, a tag or words may stand in a reply too; everything else is said of the
/// thread.
public struct AnnotationFilter {
    public var team: TeamName?
    public var kind: String?
    public var isOpen = false
    public var isStale = false
    public var isOrphaned = false
    /// All of them.
    public var tags: [String] = []
    public var author: String?
    /// The person whom the text mentions.
    public var mentioned: String?
    /// Whether the thread is about what somebody named.
    public var isAbout: ((Anchor) throws -> Bool)?
    /// Whether a text has the words that somebody is looking for.
    public var matches: ((String) -> Bool)?

    public init() {}

    /// `anchors` tells what has become of what annotations point at.
    public func threads(_ book: AnnotationBook, _ anchors: AnchorReader) throws -> [AnnotationThread] {
        try book.threads.filter { thread in
            try fits(thread.head, book, anchors) && thread.all.contains { fits($0, thread.head) }
        }
    }

    private func fits(_ head: Annotation, _ book: AnnotationBook, _ anchors: AnchorReader) throws -> Bool {
        if let team, head.team != team { return false }
        if let kind, head.kind != kind { return false }
        if isOpen, !head.isOpen { return false }
        if let isAbout {
            guard let anchor = head.anchor, try isAbout(anchor) else { return false }
        }
        guard isStale || isOrphaned else { return true }
        guard let anchor = head.anchor else { return isOrphaned && book.hasLostThread(head) }
        let state = try anchors.state(of: anchor)
        return isStale && state.isStale || isOrphaned && state == .gone
    }

    private func fits(_ annotation: Annotation, _ head: Annotation) -> Bool {
        if let author, annotation.author != author { return false }
        if let mentioned, !annotation.mentions.contains(mentioned) { return false }
        if !tags.allSatisfy(annotation.tags.contains) { return false }
        return matches.map { $0(Self.searched(annotation, head)) } ?? true
    }

    /// Everything of an annotation in which words are looked for.
    public static func searched(_ annotation: Annotation, _ head: Annotation) -> String {
        ([annotation.text] + annotation.tags + [head.anchor?.name ?? ""]).joined(separator: " ")
    }
}
