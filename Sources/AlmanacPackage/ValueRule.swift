import AlmanacModel

/// What the constraints of a field demand of a single value, wherever that comes from: a file or a person.
struct ValueRule {
    private let constraints: Constraints
    private let pattern: ValuePattern?

    init(_ constraints: Constraints) throws(DescriptorRule) {
        self.constraints = constraints
        pattern = try constraints.pattern.map { (text) throws(DescriptorRule) in try ValuePattern(text) }
    }

    func check(_ value: Value) throws(ImportRule) {
        if let length = value.length {
            if let limit = constraints.minimumLength, length < limit { throw .minimumLength(limit) }
            if let limit = constraints.maximumLength, length > limit { throw .maximumLength(limit) }
        }
        if let limit = constraints.minimum, value.isBelow(limit) { throw .minimum(limit) }
        if let limit = constraints.maximum, limit.isBelow(value) { throw .maximum(limit) }
        if !constraints.allowed.isEmpty, !constraints.allowed.contains(value) { throw .allowed(constraints.allowed) }
        if let pattern, case .text(let text) = value { try check(text, pattern) }
    }

    private func check(_ text: Text, _ pattern: ValuePattern) throws(ImportRule) {
        guard text.utf8.count <= ValuePattern.maximumValueSize else {
            throw .tooLongForPattern(limit: ValuePattern.maximumValueSize)
        }
        guard pattern.matches(text.string) else { throw .pattern(constraints.pattern ?? "") }
    }
}

extension Value {
    /// What a length constraint counts: the characters (Unicode scalars) of a text, the elements of a set.
    fileprivate var length: Int? {
        switch self {
        case .text(let text): text.string.unicodeScalars.count
        case .textSet(let set): set.elements.count
        default: nil
        }
    }
}
