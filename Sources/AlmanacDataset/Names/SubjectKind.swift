/// The kinds of subjects, in the order in which a bare name is tried.
public enum SubjectKind: String, CaseIterable, Hashable, Sendable {
    case cluster, economy, place, organisation, programme, hub, group, framework, publication, world
}
