import AlmanacModel

/// Why somebody may not make a change.
public enum Refusal: Error, Hashable, Sendable {
    /// The person's role, and the one that it takes.
    case role(Role, needed: Role, to: Deed)
    case notMember(TeamName)
    /// Neither an owner of the team nor an administrator.
    case notOwner(TeamName)
    /// The stream is not there, or not for this person.
    case notReadable(StreamName)
    /// Only the author may do that, whoever it is.
    case notAuthor(ResolvedChange.Action, author: Text?)
    /// What concerns one person is decided by that person.
    case notTheirs(StreamName)
    /// Nobody does that to records of this collection.
    case notByPeople(ResolvedChange.Action, CollectionID)
    /// The field never changes, or the authority sets it.
    case fixedField(CollectionID, FieldID)
    /// The field names who acts, and nobody else.
    case notNaming(FieldID, of: CollectionID, person: String)
    /// Records of this collection are not kept in this stream.
    case misplaced(CollectionID, StreamName)
    /// The conflict was resolved meanwhile.
    case resolved(by: Text?)

    /// What a role is needed for.
    public enum Deed: Hashable, Sendable {
        case annotate, accept, changeDataset, makeTeam, resolve
    }
}

extension Refusal: CustomStringConvertible {
    /// A sentence for the person: what happened, to what, and what to do.
    public var description: String {
        switch self {
        case .role(let role, let needed, let deed):
            "\(deed) takes the role \(needed), and yours is \(role): ask an administrator"
        case .notMember(let team): "you are not a member of the team \(team): ask one of its owners to add you"
        case .notOwner(let team):
            "only an administrator or an owner of the team \(team) may do that: ask one of them"
        case .notReadable(let stream): "there is no stream \(stream), or not for you: ask an administrator to grant it"
        case .notAuthor(let action, let author):
            "only \(author.map(Words.quoted) ?? "its author") may \(action.rawValue) this annotation: reply to it instead"
        case .notTheirs(let stream): "what is in \(stream) is for somebody else to decide: nothing was changed"
        case .notByPeople(let action, let collection):
            "nobody can \(action.rawValue) records of \(Words.name(collection)) by hand: leave that change out"
        case .fixedField(let collection, let field):
            "the field \(Words.name(field, of: collection)) of \(Words.name(collection)) is not yours to change: leave it out"
        case .notNaming(let field, let collection, let person):
            "the field \(Words.name(field, of: collection)) names who did it: say \(Words.quoted(Text(person))), or leave it out"
        case .misplaced(let collection, let stream):
            "records of \(Words.name(collection)) are not kept in \(stream): name another stream"
        case .resolved(let person):
            "\(person.map(Words.quoted) ?? "somebody") resolved this conflict before you: look at what was kept, and edit that"
        }
    }
}

extension Refusal.Deed: CustomStringConvertible {
    public var description: String {
        switch self {
        case .annotate: "annotating"
        case .accept: "accepting a correction"
        case .changeDataset: "changing the dataset"
        case .makeTeam: "making a team"
        case .resolve: "resolving a conflict"
        }
    }
}
