import AlmanacModel

/// Finds what the names of a table mean; each name that means nothing is a problem once.
struct MappedSubjects {
    enum Finding {
        case found(Text)
        /// Its rows are left out.
        case ignored
        case problem(ImportRule, isNew: Bool)
    }

    private let subject: MappedSubject?
    private let names: NameTable
    private var findings: [String: Finding] = [:]

    init(_ table: MappedTable) {
        subject = table.mapping.subject
        names = table.names
    }

    mutating func find(_ text: String) -> Finding {
        if let known = findings[text] {
            if case .problem(let rule, _) = known { return .problem(rule, isNew: false) }
            return known
        }
        let finding = search(PrintedName.cleaned(text, after: subject?.separator))
        findings[text] = finding
        return finding
    }

    /// What the mapping itself says comes first.
    private func search(_ name: String) -> Finding {
        if let key = subject?.names[name] { return .found(key) }
        if subject?.ignored.contains(name) == true { return .ignored }
        let keys = names.keys(of: name).filter { subject?.accepts($0) == true }
        switch keys.count {
        case 0: return .problem(.unknownName(near: names.near(name)), isNew: true)
        case 1: return .found(keys[0])
        default: return .problem(.ambiguousName(keys), isNew: true)
        }
    }
}
