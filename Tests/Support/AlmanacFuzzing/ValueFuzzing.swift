import AlmanacModel
import AlmanacWire

/// A type code and the canonical bytes of a value.
enum ValueFuzzing {
    static func run(_ bytes: [UInt8]) throws {
        guard let code = bytes.first else { return }
        let content = Array(bytes.dropFirst())
        guard let value = try? CanonicalValue.decode(typeCode: code, bytes: content) else { return }
        var again: [UInt8] = []
        CanonicalValue.append(value, to: &again)
        try Finding.unless(again == content, "a value of type \(code) has a second encoding: \(again)")
        try Finding.unless(
            CanonicalValue.byteCount(of: value) == content.count, "a value of type \(code) is not as long as it says")
        try Finding.unless(value.typeCode == code, "a value of type \(code) became one of type \(value.typeCode)")
    }
}
