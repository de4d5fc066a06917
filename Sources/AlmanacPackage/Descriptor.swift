import AlmanacModel

/// One object of a descriptor, with the place where it stands.
struct Descriptor {
    let file: String
    let path: JSONPath
    let members: [Text: JSON]

    func refuse(_ rule: DescriptorRule, at member: String? = nil) -> PackageError {
        .refused(file: file, at: member.map(path.appending) ?? path, rule)
    }

    /// Runs what only knows a rule, and adds the place to it.
    func at<Result>(_ member: String?, _ body: () throws(DescriptorRule) -> Result) throws(PackageError) -> Result {
        do { return try body() } catch { throw refuse(error, at: member) }
    }

    func has(_ member: String) -> Bool { members[Text(member)] != nil }

    func string(_ member: String) throws(PackageError) -> String? {
        guard let json = members[Text(member)] else { return nil }
        guard case .text(let text) = json else { throw wrong(member, "a string", json) }
        return text.string
    }

    func boolean(_ member: String) throws(PackageError) -> Bool? {
        guard let json = members[Text(member)] else { return nil }
        guard case .boolean(let value) = json else { throw wrong(member, "true or false", json) }
        return value
    }

    func number(_ member: String, in range: ClosedRange<UInt64>) throws(PackageError) -> UInt64? {
        guard let json = members[Text(member)] else { return nil }
        guard case .number(let digits) = json else { throw wrong(member, "a number", json) }
        guard let number = UInt64(digits), range.contains(number) else {
            throw refuse(.outOfRange(digits, lowest: range.lowerBound, highest: range.upperBound), at: member)
        }
        return number
    }

    func array(_ member: String) throws(PackageError) -> [JSON]? {
        guard let json = members[Text(member)] else { return nil }
        guard case .array(let elements) = json else { throw wrong(member, "an array", json) }
        return elements
    }

    func strings(_ member: String) throws(PackageError) -> [String]? {
        guard let elements = try array(member) else { return nil }
        var strings: [String] = []
        for (index, element) in elements.enumerated() {
            guard case .text(let text) = element else {
                throw .refused(
                    file: file, at: path.appending(member).appending(index),
                    .wrongKind(expected: "a string", found: element.kind))
            }
            strings.append(text.string)
        }
        return strings
    }

    func texts(_ member: String) throws(PackageError) -> [Text]? {
        try strings(member)?.map { Text($0) }
    }

    /// One string, or an array of strings, as keys may be written.
    func oneOrMoreStrings(_ member: String) throws(PackageError) -> [String]? {
        if case .text(let text) = members[Text(member)] { return [text.string] }
        return try strings(member)
    }

    func object(_ member: String) throws(PackageError) -> Descriptor? {
        guard let json = members[Text(member)] else { return nil }
        guard case .object(let members) = json else { throw wrong(member, "an object", json) }
        return Descriptor(file: file, path: path.appending(member), members: members)
    }

    func objects(_ member: String) throws(PackageError) -> [Descriptor]? {
        guard let elements = try array(member) else { return nil }
        var objects: [Descriptor] = []
        for (index, element) in elements.enumerated() {
            let place = path.appending(member).appending(index)
            guard case .object(let members) = element else {
                throw .refused(file: file, at: place, .wrongKind(expected: "an object", found: element.kind))
            }
            objects.append(Descriptor(file: file, path: place, members: members))
        }
        return objects
    }

    /// The value, or the refusal that it is missing.
    func required<Wrapped>(_ value: Wrapped?, _ member: String) throws(PackageError) -> Wrapped {
        guard let value else { throw refuse(.missing, at: member) }
        return value
    }

    func identifier(_ member: String) throws(PackageError) -> Identifier {
        let name = try required(try string(member), member)
        guard let identifier = Identifier(name) else { throw refuse(.notIdentifier(name), at: member) }
        return identifier
    }

    /// Refuses misspelt properties of ours, which would otherwise be kept and do nothing.
    func knowsOnly(almanac known: Set<String>) throws(PackageError) {
        for name in members.keys.sorted() where name.string.hasPrefix("almanac:") && !known.contains(name.string) {
            throw refuse(.unknownProperty, at: name.string)
        }
    }

    private func wrong(_ member: String, _ expected: String, _ found: JSON) -> PackageError {
        refuse(.wrongKind(expected: expected, found: found.kind), at: member)
    }
}

extension Descriptor {
    /// A whole document, which has to be an object.
    static func parse(_ bytes: [UInt8], file: String) throws(PackageError) -> Descriptor {
        let json: JSON
        do { json = try JSONParser.parse(bytes) } catch {
            let rule = DescriptorRule.notJSON(line: error.line, column: error.column, reason: error.reason)
            throw .refused(file: file, at: .root, rule)
        }
        guard case .object(let members) = json else {
            throw .refused(file: file, at: .root, .wrongKind(expected: "an object", found: json.kind))
        }
        return Descriptor(file: file, path: .root, members: members)
    }

    /// Everything but these members, as canonical JSON; nil when nothing is left.
    func rest(without known: Set<String>) -> Text? {
        let rest = members.filter { !known.contains($0.key.string) }
        return rest.isEmpty ? nil : Text(JSON.object(rest).description)
    }
}
