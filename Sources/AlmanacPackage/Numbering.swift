import AlmanacModel

/// Gives ids to names: the existing one, else the stated one, else the next free one.
struct Numbering {
    enum Conflict {
        case differs(Identifier, stated: UInt64, existing: UInt64)
        case taken(Identifier, stated: UInt64, by: Identifier)
        case exhausted(Identifier)
    }

    private(set) var ids: [Identifier: UInt64]
    private(set) var conflicts: [Conflict] = []
    private var names: [UInt64: Identifier]

    /// - Parameter existing: every id in use; new ones are greater than all of these that are in range.
    init(existing: [Identifier: UInt64], adding items: [(name: Identifier, stated: UInt64?)], range: ClosedRange<UInt64>) {
        ids = existing
        names = Dictionary(existing.map { ($1, $0) }) { first, _ in first }
        for (name, stated) in items { if let stated { take(stated, for: name) } }
        var candidate = existing.values.filter(range.contains).max().map { $0 + 1 } ?? range.lowerBound
        for (name, _) in items where ids[name] == nil {
            while names[candidate] != nil { candidate += 1 }
            guard range.contains(candidate) else {
                conflicts.append(.exhausted(name))
                continue
            }
            set(candidate, for: name)
        }
    }

    private mutating func take(_ stated: UInt64, for name: Identifier) {
        if let existing = ids[name] {
            if existing != stated { conflicts.append(.differs(name, stated: stated, existing: existing)) }
        } else if let other = names[stated] {
            conflicts.append(.taken(name, stated: stated, by: other))
        } else {
            set(stated, for: name)
        }
    }

    private mutating func set(_ id: UInt64, for name: Identifier) {
        ids[name] = id
        names[id] = name
    }
}
