import AlmanacModel

extension ValueSyntax {
    /// The value that a cell's text stands for, exactly; nothing is rounded, trimmed or guessed.
    func value(of text: String) throws(ImportRule) -> ImportValue {
        switch self {
        case .text: .value(.text(Text(text)))
        case .key: .key(Text(text))
        case .integer: .value(.integer(try integer(text)))
        case .year: .value(.integer(try year(text)))
        case .decimal: .value(.decimal(try decimal(text)))
        case .date: .value(.date(try typed(CalendarDate(text))))
        case .instant: .value(.instant(try typed(Instant(text))))
        case .uuid: .value(.uuid(try typed(UniqueID(text))))
        case .bytes: .value(.bytes(try typed(Hex.decode(text))))
        case .textSet: .value(.textSet(try textSet(text)))
        case .boolean(let words): .value(.boolean(try boolean(Text(text), words)))
        case .unknown: throw .unknownType
        }
    }

    private func typed<Result>(_ result: Result?) throws(ImportRule) -> Result {
        guard let result else { throw .type(expected: name) }
        return result
    }

    private func boolean(_ text: Text, _ words: BooleanWords) throws(ImportRule) -> Bool {
        if words.true.contains(text) { return true }
        if words.false.contains(text) { return false }
        throw .type(expected: name)
    }

    private func integer(_ text: String) throws(ImportRule) -> Int64 {
        let digits = Self.unsigned(text.utf8)
        guard !digits.isEmpty, digits.allSatisfy(Self.isDigit) else { throw .type(expected: name) }
        guard digits.count == 1 || digits.first != UInt8(ascii: "0") else { throw .leadingZeros }
        guard let value = Int64(text) else { throw .integerRange }
        return value
    }

    /// Four digits. Source: xsd:gYear, https://www.w3.org/TR/xmlschema-2/#gYear
    private func year(_ text: String) throws(ImportRule) -> Int64 {
        guard text.utf8.count == 4, text.utf8.allSatisfy(Self.isDigit) else { throw .type(expected: name) }
        return try typed(Int64(text))
    }

    private func decimal(_ text: String) throws(ImportRule) -> ExactDecimal {
        let digits = Self.unsigned(text.utf8)
        if digits.first == UInt8(ascii: "0"), let second = digits.dropFirst().first, Self.isDigit(second) { throw .leadingZeros }
        if let value = ExactDecimal(text) { return value }
        throw Self.isNumber(digits) ? .precision(digits: ExactDecimal.maximumDigits) : .type(expected: name)
    }

    private func textSet(_ text: String) throws(ImportRule) -> TextSet {
        guard let json = try? JSONParser.parse(Array(text.utf8)), case .array(let elements) = json else {
            throw .type(expected: name)
        }
        var texts: [Text] = []
        for element in elements {
            guard case .text(let text) = element else { throw .type(expected: name) }
            texts.append(text)
        }
        let set = TextSet(texts)
        guard set.elements.count == texts.count else { throw .repeatedElement }
        return set
    }

    private static func unsigned(_ text: String.UTF8View) -> Substring.UTF8View {
        let isSigned = text.first == UInt8(ascii: "-") || text.first == UInt8(ascii: "+")
        return text.dropFirst(isSigned ? 1 : 0)
    }

    /// Whether a text is a number that merely does not fit.
    private static func isNumber(_ text: Substring.UTF8View) -> Bool {
        let parts = text.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 | 0x20 == UInt8(ascii: "e") }
        guard let mantissa = parts.first else { return false }
        let digits = mantissa.filter { $0 != UInt8(ascii: ".") }
        guard !digits.isEmpty, mantissa.count - digits.count <= 1, digits.allSatisfy(isDigit) else { return false }
        guard parts.count == 2 else { return true }
        let power = unsigned(Substring(parts[1]))
        return !power.isEmpty && power.allSatisfy(isDigit)
    }

    private static func unsigned(_ text: Substring) -> Substring.UTF8View { unsigned(String(text).utf8) }

    private static func isDigit(_ character: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(character) }
}
