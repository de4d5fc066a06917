/// A regular expression that a whole value has to match.
struct ValuePattern {
    /// Longer values are refused unmatched, because some patterns take more than linear time.
    static let maximumValueSize = 4_096
    static let maximumPatternSize = 1_024

    private let regex: Regex<AnyRegexOutput>

    init(_ pattern: String) throws(DescriptorRule) {
        guard pattern.utf8.count <= Self.maximumPatternSize else {
            throw .pattern("it is longer than \(Self.maximumPatternSize) bytes")
        }
        if let construct = Self.otherMeaning(in: pattern) { throw .pattern("\(construct) is not supported") }
        do {
            // Table Schema's patterns are XML Schema's, which know characters and not what a reader sees as one.
            regex = try Regex(pattern).matchingSemantics(.unicodeScalar)
        } catch {
            throw .pattern(String(describing: error))
        }
    }

    func matches(_ text: String) -> Bool { (try? regex.wholeMatch(in: text)) != nil }

    /// What XML Schema means something else by than Swift does: subtracted classes, the characters of XML names.
    private static func otherMeaning(in pattern: String) -> String? {
        var isInClass = false
        var isEscaped = false
        for scalar in pattern.unicodeScalars {
            switch scalar {
            case _ where isEscaped:
                if "iIcC".unicodeScalars.contains(scalar) { return "\\\(scalar)" }
                isEscaped = false
            case "\\": isEscaped = true
            case "[" where isInClass: return "[ within a character class"
            case "[": isInClass = true
            case "]": isInClass = false
            default: break
            }
        }
        return nil
    }
}
