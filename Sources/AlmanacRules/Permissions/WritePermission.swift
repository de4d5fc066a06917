import AlmanacModel

/// What somebody may write: asked by the authority before a change is applied, and by a laptop before it is kept for sending.
///
/// It says who may do what. What a valid record is, say ``AnnotationRules``, ``TeamRules`` and ``ConflictRules``.
public struct WritePermission: Hashable, Sendable {
    public let rights: Rights

    public init(_ rights: Rights) { self.rights = rights }

    /// Returns where the change is allowed.
    public func check(_ change: ResolvedChange) throws(Refusal) {
        switch change.collection {
        case TeamSchema.collection: try checkTeam(change)
        case AnnotationSchema.collection: try checkAnnotation(change)
        case ConflictSchema.collection: try checkConflict(change)
        case let collection where collection.isSystem: throw .notByPeople(change.action, collection)
        default: try checkDataset(change)
        }
    }

    /// For what a change points at or brings a record to: nobody writes about what they may not read.
    public func checkReading(_ stream: StreamName) throws(Refusal) {
        guard rights.mayRead(stream) else { throw .notReadable(stream) }
    }

    func need(_ role: Role, to deed: Refusal.Deed) throws(Refusal) {
        guard rights.role >= role else { throw .role(rights.role, needed: role, to: deed) }
    }
}
