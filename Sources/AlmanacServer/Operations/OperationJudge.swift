import AlmanacModel
import AlmanacReplica
import AlmanacRules
import AlmanacWire

/// Judges the operations of one transaction by the rules.
final class OperationJudge {
    private let demands = KnownDemands()
    private var author: (access: OperationAccess, author: OperationAuthor)?

    func verdict(on operation: Operation, in context: OperationContext) throws -> OperationVerdict {
        do {
            let ground = AuthorityGround(context: context, knownDemands: demands)
            return .accepted(try Applying.effects(of: operation, by: author(context.access), over: ground))
        } catch let rejection as OperationRejection {
            return .rejected(Receipt.Rejection(RejectionReason(rejection.reason), rejection.sentence))
        }
    }

    private func author(_ access: OperationAccess) -> OperationAuthor {
        if let author, author.access === access { return author.author }
        let new = OperationAuthor(Rights(access))
        author = (access, new)
        return new
    }
}

extension Rights {
    fileprivate init(_ access: OperationAccess) {
        self.init(person: access.person, openStreams: access.openStreams, teams: access.teams)
    }

    /// What a person may do, as the books and the teams have it.
    init(person: Person, openStreams: [StreamPattern], teams: Teams) {
        let owned = teams.owned(by: person.name)
        let joined = teams.joined(by: person.name).map { ($0, owned.contains($0) ? TeamRole.owner : .member) }
        self.init(
            person: person.name, role: person.role, open: openStreams, granted: person.grants,
            teams: Dictionary(joined) { first, _ in first })
    }
}

extension RejectionReason {
    fileprivate init(_ reason: OperationRejection.Reason) {
        self =
            switch reason {
            case .notAllowed: .notAllowed
            case .invalid: .invalid
            case .targetUnknown: .targetUnknown
            }
    }
}
