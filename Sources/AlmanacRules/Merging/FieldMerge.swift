import AlmanacModel

/// What two concurrent changes of one field come to.
public enum MergedField: Hashable, Sendable {
    /// The field keeps what the server has.
    case unchanged
    /// The field becomes this; nil means null.
    case value(Value?)
    /// The server's value stays, and the other one has to be kept beside it.
    case conflict
}

/// How two concurrent changes of one field become one: the same on the authority and on a laptop that shows what it will have.
public enum FieldMerge {
    /// What a change of a field from `base` to `mine` comes to, where the field holds `server` by now. Nil stands for null.
    ///
    /// A set that is left without elements becomes null.
    public static func value(rule: MergeRule, base: Value?, mine: Value?, server: Value?) -> MergedField {
        if rule == .set, let base = elements(of: base), let mine = elements(of: mine) {
            return elements(added: mine.subtracting(base), removed: base.subtracting(mine), server: server)
        }
        if server == mine { return .unchanged }
        if server == base { return .value(mine) }
        guard rule == .text, let merged = mergedText(base: base, mine: mine, server: server) else { return .conflict }
        return merged == server ? .unchanged : .value(merged)
    }

    /// What becomes of a set by the elements that come and go: those that others added or removed meanwhile stay so.
    ///
    /// A set that is left without elements becomes null. It may have more elements than a value can; the caller counts. A field that
    /// holds something else than a set is a conflict.
    public static func elements(added: TextSet, removed: TextSet, server: Value?) -> MergedField {
        elements(added: Set(added.elements), removed: Set(removed.elements), server: server)
    }

    private static func elements(added: Set<Text>, removed: Set<Text>, server: Value?) -> MergedField {
        guard let present = elements(of: server) else { return .conflict }
        let merged = present.subtracting(removed).union(added)
        guard merged != present else { return .unchanged }
        return .value(merged.isEmpty ? nil : .textSet(TextSet(merged)))
    }

    /// Nil for what is not a set; null is one without elements.
    private static func elements(of value: Value?) -> Set<Text>? {
        switch value {
        case .none: []
        case .textSet(let set): Set(set.elements)
        default: nil
        }
    }

    private static func mergedText(base: Value?, mine: Value?, server: Value?) -> Value? {
        guard case .text(let mine) = mine, case .text(let server) = server else { return nil }
        let seen: Text
        switch base {
        case .none: seen = ""
        case .text(let base): seen = base
        default: return nil
        }
        return LineMerge.merged(base: seen, mine: mine, server: server).map(Value.text)
    }
}
