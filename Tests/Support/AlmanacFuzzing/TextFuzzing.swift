import AlmanacClient
import AlmanacCrypto
import AlmanacModel
import AlmanacPackage
import AlmanacReplica

/// A line that is read as everything that has a form in text: what is accepted and written reads the same again.
enum TextFuzzing {
    static func run(_ bytes: [UInt8]) throws {
        let text = String(decoding: bytes, as: UTF8.self)
        try check(text) { ExactDecimal($0) }
        try check(text) { CalendarDate($0) }
        try check(text) { Instant($0) }
        try check(text) { UniqueID($0) }
        try check(text) { StreamName($0) }
        try check(text) { StreamPattern($0) }
        try check(text) { Identifier($0) }
        try check(text) { ContextName($0) }
        try check(text) { CertificateURI($0) }
        try check(text) { try? CommonName($0) }
        if let decoded = Hex.decode(text) {
            try Finding.unless(Hex.decode(Hex.encode(decoded)) == decoded, "hexadecimal \(text)")
        }
        if let decoded = Base64URL.decode(text) { try Finding.unless(Base64URL.encode(decoded) == text, "base64 \(text)") }
        if case .position(let position)? = ChangesRequest.Since(text) {
            try Finding.unless(position.sequence <= .max, "\(text) is \(position.sequence), which is never reached")
            try Finding.unless(FeedPosition(position.description) == position, "\(text) is written as \(position)")
        }
        if let count = ByteCount(text) { try Finding.unless(count.rawValue >= 0, "\(text) is \(count.rawValue) bytes") }
        try checkShown(text, bytes)
        if let name = StreamName(text) {
            try Finding.unless(!name.rawValue.split(separator: "/").contains(".."), "\(name) leads upwards")
        }
    }

    /// Nothing that is shown moves a cursor or hides.
    private static func checkShown(_ text: String, _ bytes: [UInt8]) throws {
        for shown in [VisibleText.shortened(text), VisibleText.shortened(bytes), VisibleText.quoted(text, limit: 3)] {
            let hidden = shown.unicodeScalars.filter {
                [.control, .format, .lineSeparator, .paragraphSeparator].contains($0.properties.generalCategory)
            }
            try Finding.unless(hidden.isEmpty, "\(Array(hidden)) in what is shown of \(bytes)")
        }
    }

    private static func check<Content: Equatable>(_ text: String, _ read: (String) -> Content?) throws {
        guard let content = read(text) else { return }
        let again = String(describing: content)
        try Finding.unless(read(again) == content, "\(Content.self) \(text) is written as \(again)")
    }
}
