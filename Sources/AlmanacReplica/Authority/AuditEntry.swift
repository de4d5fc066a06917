import AlmanacModel

/// One line of the history of who did what.
public struct AuditEntry: Hashable, Sendable {
    public let time: Instant
    public let actor: AuditActor
    public let act: AuditAct
    /// Whom it concerns; nil where that is nobody in particular.
    public let person: String?
    /// What else there is to say of it, for people.
    public let detail: String

    public init(time: Instant, actor: AuditActor, act: AuditAct, person: String?, detail: String) {
        self.time = time
        self.actor = actor
        self.act = act
        self.person = person
        self.detail = detail
    }
}

/// Who did something.
public enum AuditActor: Hashable, Sendable {
    /// Whoever ran a command on the authority's machine, by the user's name there.
    case `operator`(String)
    /// A person's device.
    case device(String, of: String)
}

/// What was done. Those of newer programs are read as they are.
public struct AuditAct: Hashable, Sendable, RawRepresentable {
    /// Lower-case letters and underscores.
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }

    public static let invited = AuditAct(rawValue: "invited")
    public static let enrolled = AuditAct(rawValue: "enrolled")
    public static let renewed = AuditAct(rawValue: "renewed")
    public static let revoked = AuditAct(rawValue: "revoked")
    public static let roleChanged = AuditAct(rawValue: "role_changed")
    public static let grantsChanged = AuditAct(rawValue: "grants_changed")
    public static let rotated = AuditAct(rawValue: "rotated")
}
