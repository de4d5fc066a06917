import AlmanacModel
import AlmanacReplica
import AlmanacRules

/// All annotations that are here, those that wait among them.
public struct AnnotationBook: Sendable {
    /// The last one in which somebody wrote first.
    public let threads: [AnnotationThread]
    private let shortIDs: [UniqueID: String]
    private let tree: ReplyTree

    /// `pending` says which of them have not come back from the authority.
    public init(_ working: any WorkingRecords, person: String, pending: [RecordName: PendingChange] = [:]) throws {
        let records = try working.records(of: AnnotationSchema.collection)
        let annotations = records.compactMap { Annotation($0, person: person, pending: pending[$0.name]) }
        shortIDs = ShortID.all(Set(annotations.map(\.id)))
        tree = ReplyTree(annotations)
        threads = Self.threads(annotations, tree)
    }

    public init(_ authoring: Authoring) throws {
        try self.init(authoring.working, person: authoring.person, pending: PendingChange.all(authoring.pending()))
    }

    public var all: [Annotation] { threads.flatMap(\.all) }

    public func shortID(of annotation: Annotation) -> String {
        shortIDs[annotation.id] ?? ShortID.of(annotation.id, among: [])
    }

    // MARK: Finding

    /// The one whose id begins so. Throws ``WritingError``.
    public func find(_ text: String) throws -> Annotation {
        guard let prefix = ShortID.prefix(text) else { throw WritingError.notAnID(text) }
        let found = all.filter { ShortID.digits(of: $0.id).hasPrefix(prefix) }
        guard let first = found.first else { throw WritingError.unknownID(text) }
        guard found.count == 1 else {
            throw WritingError.ambiguousID(text, candidates: found.map { "\(shortID(of: $0)) (\($0.kind) of \($0.author))" })
        }
        return first
    }

    /// The thread that an annotation belongs to.
    public func thread(of annotation: Annotation) -> AnnotationThread? {
        threads.first { $0.all.contains { $0.name == annotation.name } }
    }

    /// The annotation that this one replies to, where that is here.
    public func parent(of annotation: Annotation) -> Annotation? { tree.parent(of: annotation) }

    /// Whether it is a reply and what it replied to is gone: what was said stays, and stands alone.
    public func hasLostThread(_ annotation: Annotation) -> Bool { annotation.isReply && parent(of: annotation) == nil }

    /// What people are told of such a reply.
    public static let lostThread = "its thread was deleted"

    // MARK: Threads

    private static func threads(_ annotations: [Annotation], _ tree: ReplyTree) -> [AnnotationThread] {
        let groups = Dictionary(grouping: annotations) { tree.root(of: $0).name }
        let threads = groups.compactMap { root, members -> AnnotationThread? in
            guard let head = members.first(where: { $0.name == root }) else { return nil }
            return AnnotationThread(head: head, replies: members.filter { $0.name != root }.sorted { $0.place < $1.place })
        }
        return threads.sorted { $1.place < $0.place }
    }
}

/// Where something stands in an order by time. What waits has a time too; what has none comes last.
private struct Place: Comparable {
    let time: Instant
    let id: [UInt8]

    static func < (first: Place, second: Place) -> Bool {
        first.time == second.time ? first.id.lexicographicallyPrecedes(second.id) : first.time < second.time
    }
}

extension Annotation {
    fileprivate var place: Place { Place(time: created ?? .distantFuture, id: id.bytes) }
}

extension AnnotationThread {
    fileprivate var place: Place { Place(time: latest ?? .distantFuture, id: head.id.bytes) }
}

/// Which annotation replies to which.
private struct ReplyTree: Sendable {
    private let byName: [RecordName: Annotation]
    private let byID: [UniqueID: Annotation]

    init(_ annotations: [Annotation]) {
        byName = Dictionary(annotations.map { ($0.name, $0) }) { first, _ in first }
        byID = Dictionary(annotations.map { ($0.id, $0) }) { first, _ in first }
    }

    /// The first of its thread, or the first that is here. Records of another program may go round in circles.
    func root(of annotation: Annotation) -> Annotation {
        var (root, seen) = (annotation, Set([annotation.name]))
        while let parent = parent(of: root), seen.insert(parent.name).inserted { root = parent }
        return parent(of: root) == nil ? root : annotation
    }

    func parent(of annotation: Annotation) -> Annotation? {
        switch annotation.parent {
        case .value(.reference(let id)): byName[.id(AnnotationSchema.collection, id)]
        case .made(let operation, let index): byID[AnnotationIdentity.uuid(of: operation, index: index)]
        default: nil
        }
    }
}
