import AlmanacModel
import AlmanacReplica

/// A whole thread for people. What somebody typed stands in lines of its own, set in, and nothing in it reaches the terminal as a command.
public struct ThreadText {
    private let book: AnnotationBook
    private let anchors: AnchorReader
    private let schema: Schema
    private let isRaw: Bool

    public init(_ book: AnnotationBook, _ authoring: Authoring, isRaw: Bool = false) {
        self.book = book
        anchors = AnchorReader(authoring)
        schema = authoring.working.schema
        self.isRaw = isRaw
    }

    public func lines(_ thread: AnnotationThread) throws -> [String] {
        let head = thread.head
        var lines = [title(head)] + [byline(head)]
        if let anchor = head.anchor { lines += try about(anchor) }
        if book.hasLostThread(head) { lines.append("! \(AnnotationBook.lostThread)") }
        if let correction = head.correction {
            let source = head.source.map { ", source: \(safe($0))" } ?? ""
            lines.append("proposes: \(safe(correction))\(source)")
        }
        lines += [""] + body(head, indent: "    ")
        for reply in thread.replies {
            lines += ["", "  \(book.shortID(of: reply))  \(byline(reply))"] + body(reply, indent: "      ")
        }
        return lines
    }

    private func title(_ head: Annotation) -> String {
        let team = head.team.map { "[team \($0)]" } ?? "[\(head.stream)]"
        let closed = head.closedBy.map { " by \(safe($0))" } ?? ""
        let state = head.state.map { safe($0) + closed }
        return [book.shortID(of: head), safe(head.kind), team, state].compactMap(\.self).joined(separator: "  ")
    }

    private func byline(_ annotation: Annotation) -> String {
        let edited = annotation.edited.map { "edited \(AnnotationAnswer.minute($0))" }
        let tags = annotation.tags.isEmpty ? nil : "tags: \(annotation.tags.map(safe).joined(separator: ", "))"
        return [
            safe(annotation.author), annotation.created.map(AnnotationAnswer.minute), edited, tags,
            annotation.pending.map { "(\($0.rawValue))" },
        ].compactMap(\.self).joined(separator: "  ")
    }

    private func about(_ anchor: Anchor) throws -> [String] {
        let seen = anchor.field == nil ? nil : "it said then: \(safe(anchor.seen ?? "nothing"))"
        let state = try anchors.state(of: anchor).sentence(of: anchor).map { "! \(safe($0))" }
        return ["on \(safe(anchor.title(schema)))"] + [seen, state].compactMap(\.self)
    }

    private func body(_ annotation: Annotation, indent: String) -> [String] {
        let text = annotation.text.replacing("\r\n", with: "\n")
        return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.isEmpty ? "" : indent + safe(String(line))
        }
    }

    private func safe(_ text: String) -> String { isRaw ? text : Visible.text(text) }
}
