import AlmanacModel
import AlmanacReplica
import AlmanacRules

/// A conflict as people read it: what it is over, and the versions, each with whose it is.
public struct ConflictText {
    private let authoring: Authoring
    private let annotations: AnnotationBook
    private let isRaw: Bool
    private let today: String

    /// `now` tells which times are of today.
    public init(_ authoring: Authoring, _ annotations: AnnotationBook, now: Instant, isRaw: Bool = false) {
        self.authoring = authoring
        self.annotations = annotations
        self.isRaw = isRaw
        today = String(now.description.prefix(10))
    }

    public func lines(_ conflict: Conflict) throws -> [String] {
        let head = "\(conflict.shortID)  \(try title(conflict))"
        let end = conflict.isOpen ? [] : ["    \(closing(conflict))"]
        return [head] + end + (try versions(conflict))
    }

    // MARK: What it is over

    /// `annotation a7f3 [team apac] text`
    public func title(_ conflict: Conflict) throws -> String {
        let place = conflict.stream.team.map { "[team \($0)]" } ?? (conflict.stream == .curation ? nil : "[\(conflict.stream)]")
        return [try target(conflict), place, fieldName(conflict), happened(conflict)].compactMap(\.self).map(safe).joined(
            separator: " ")
    }

    private func target(_ conflict: Conflict) throws -> String {
        let collection = authoring.working.schema.collection(conflict.collection)
        guard conflict.collection == AnnotationSchema.collection else {
            let name =
                try conflict.targetName ?? ValueText(authoring.working).key(of: conflict.target) ?? conflict.record.description
            return "\(collection?.name.rawValue ?? conflict.collection.description)/\(name)"
        }
        let id = conflict.targetName.flatMap { UniqueID($0) }
        let known = annotations.all.first { $0.name == conflict.target || $0.id == id }
        if let known { return "annotation \(annotations.shortID(of: known))" }
        return id.map { "annotation \(ShortID.of($0, among: []))" } ?? "an annotation"
    }

    func fieldName(_ conflict: Conflict) -> String? {
        conflict.field.flatMap { authoring.working.schema.collection(conflict.collection)?.field($0)?.name.rawValue }
    }

    private func happened(_ conflict: Conflict) -> String? {
        switch conflict.kind {
        case .value: nil
        case .deleted: "(deleted meanwhile)"
        case .moved: "(moved meanwhile)"
        case .changed: "(to be deleted, and changed meanwhile)"
        case nil: "(a newer program knows what happened)"
        }
    }

    private func closing(_ conflict: Conflict) -> String {
        let kept = conflict.kept.map { "kept: \(safe($0))" } ?? "resolved"
        return conflict.resolvedBy.map { "\(kept), by \(safe($0))" } ?? kept
    }

    // MARK: Versions

    private func versions(_ conflict: Conflict) throws -> [String] {
        let mine = conflict.author == authoring.person ? nil : signature(conflict.author, conflict.made)
        let server = hasServer(conflict) ? [Version("server", conflict.server, try serverSignature(conflict))] : []
        let all = [Version("base", conflict.base, nil), Version("mine", conflict.mine, mine)] + server
        let width = all.map { DisplayWidth.of(shown($0.value, conflict) ?? "") }.max() ?? 0
        return all.flatMap { lines($0, conflict, width: width) }
    }

    /// What is gone, or out of reach, has no version.
    private func hasServer(_ conflict: Conflict) -> Bool {
        conflict.kind == .value || conflict.kind == .changed || conflict.server != nil
    }

    /// By the record's own time where that is the server's version's, else by the commit.
    private func serverSignature(_ conflict: Conflict) throws -> String? {
        guard let author = conflict.serverAuthor else { return nil }
        let record = try authoring.working.record(conflict.target)
        if let record, record.sequence == conflict.serverSequence, case .instant(let time)? = record[AnnotationSchema.edited],
            conflict.collection == AnnotationSchema.collection
        {
            return signature(author, time)
        }
        return conflict.serverSequence.map { "\(safe(author)), \($0)" } ?? safe(author)
    }

    private func signature(_ author: String, _ time: Instant?) -> String {
        guard let time else { return safe(author) }
        let text = time.description
        let day = String(text.prefix(10))
        return "\(safe(author)), \(day == today ? "" : "\(day) ")\(text.dropFirst(11).prefix(5))Z"
    }

    private struct Version {
        let title: String
        let value: String?
        let signature: String?

        init(_ title: String, _ value: String?, _ signature: String?) {
            self.title = title
            self.value = value
            self.signature = signature
        }
    }

    private func lines(_ version: Version, _ conflict: Conflict, width: Int) -> [String] {
        let start = "    \(version.title)\(String(repeating: " ", count: 8 - version.title.count))"
        guard let value = shown(version.value, conflict) else {
            let lines = (version.value ?? "").replacing("\r\n", with: "\n").split(
                separator: "\n", omittingEmptySubsequences: false)
            // In brackets, so that nobody takes it for the text.
            let heading = (["\(Words.grouped(lines.count)) lines"] + [version.signature].compactMap(\.self)).joined(
                separator: "; ")
            return ["\(start)(\(heading))"] + lines.map { $0.isEmpty ? "" : "            \(safe(String($0)))" }
        }
        guard let signature = version.signature else { return [start + value] }
        let gap = max(0, width - DisplayWidth.of(value)) + Self.gap
        return ["\(start)\(value)\(String(repeating: " ", count: gap))\(signature)"]
    }

    /// Between a version and whose it is.
    private static let gap = 10

    /// A version on one line; nil for a text of several.
    private func shown(_ value: String?, _ conflict: Conflict) -> String? {
        guard let value else { return "nothing" }
        if value.contains(where: \.isNewline) { return nil }
        return isText(conflict) ? "\"\(safe(value))\"" : safe(value)
    }

    private func isText(_ conflict: Conflict) -> Bool {
        let field = conflict.field.flatMap { authoring.working.schema.collection(conflict.collection)?.field($0) }
        return field?.type == .text
    }

    private func safe(_ text: String) -> String { isRaw ? text : Visible.text(text) }
}
