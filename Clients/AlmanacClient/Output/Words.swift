import AlmanacModel

/// Numbers and times in the words of people.
public enum Words {
    /// `88,310`
    public static func grouped(_ number: some BinaryInteger) -> String {
        var digits = String(number.magnitude)
        var groups: [Substring] = []
        while digits.count > 3 {
            groups.insert(digits.suffix(3), at: 0)
            digits = String(digits.dropLast(3))
        }
        return (number < 0 ? "-" : "") + ([Substring(digits)] + groups).joined(separator: ",")
    }

    /// `1 stream`, `2 streams`
    public static func count(_ number: some BinaryInteger, _ noun: String) -> String {
        "\(grouped(number)) \(noun)\(number == 1 ? "" : "s")"
    }

    /// `1 entry`, `2 entries`
    public static func count(_ number: some BinaryInteger, _ one: String, _ many: String) -> String {
        "\(grouped(number)) \(number == 1 ? one : many)"
    }

    /// `2 h`, the largest unit that is not zero.
    public static func length(_ duration: Duration) -> String {
        let (seconds, fraction) = duration.components
        if seconds == 0, fraction > 0 { return "0.\(max(1, fraction / 100_000_000_000_000_000)) s" }
        return switch seconds {
        case ..<0: "0 s"
        case 0..<60: "\(seconds) s"
        case 60..<3_600: "\(seconds / 60) min"
        case 3_600..<172_800: "\(seconds / 3_600) h"
        default: "\(grouped(seconds / 86_400)) days"
        }
    }

    /// How old something is; a time in the future shows that a clock is wrong.
    public static func age(_ duration: Duration) -> String {
        duration < .seconds(-60)
            ? "signed \(length(.zero - duration)) in the future: a clock is wrong" : "\(length(duration)) old"
    }

    /// The beginning and the end of a fingerprint.
    public static func fingerprint(_ bytes: [UInt8]) -> String {
        let hex = Hex.encode(bytes)
        return "SHA256:\(hex.prefix(4))…\(hex.suffix(2))"
    }
}
