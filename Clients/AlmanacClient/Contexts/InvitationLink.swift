import AlmanacCrypto
import AlmanacModel
import AlmanacReplica
import AlmanacWire

/// An invitation as `almanacd invite` prints it: `almanac://HOST:PORT/SECRET.PIN` (section 11 of the specification).
public struct InvitationLink: Hashable, Sendable {
    public let address: ServerAddress
    public let secret: InvitationSecret
    /// The SHA-256 hash of the root's raw public key.
    public let pin: Hash32

    public static let scheme = "almanac://"
    static let maximumByteCount = 1_024

    /// What is wrong with a link.
    public enum Problem: Error, Hashable, Sendable {
        case notALink
        case host
        case port
        case secret
        case pin
    }

    /// Reads a link; white space around it is dropped.
    public init(_ text: String) throws(Problem) {
        let link = Self.trimmed(text)
        guard link.utf8.count <= Self.maximumByteCount, link.hasPrefix(Self.scheme) else { throw .notALink }
        let parts = link.dropFirst(Self.scheme.count).split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { throw .notALink }
        address = try Self.address(parts[0])
        let halves = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        guard let first = halves.first, let secret = Base64URL.decode(first).flatMap(InvitationSecret.init(bytes:)) else {
            throw .secret
        }
        guard halves.count == 2, let pin = Base64URL.decode(halves[1]).flatMap(Hash32.init(bytes:)) else { throw .pin }
        self.secret = secret
        self.pin = pin
    }

    private static func trimmed(_ text: String) -> Substring {
        var text = Substring(text)
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }

    /// What tells this invitation from others, without telling the secret.
    func fingerprint() throws -> Hash32 {
        try Hash32(hashing: Array("almanac invitation".utf8) + [0] + secret.bytes + pin.bytes)
    }

    private static func address(_ text: Substring) throws(Problem) -> ServerAddress {
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { throw .host }
            let host = text[text.index(after: text.startIndex)..<end]
            guard host.contains(":"), host.utf8.allSatisfy(isOfIPv6) else { throw .host }
            return ServerAddress(host: String(host), port: try port(text[text.index(after: end)...]))
        }
        let end = text.firstIndex(of: ":") ?? text.endIndex
        let host = text[..<end]
        guard (1...253).contains(host.utf8.count), host.utf8.allSatisfy(isOfName) else { throw .host }
        return ServerAddress(host: String(host), port: try port(text[end...]))
    }

    /// With the colon before it.
    private static func port(_ text: Substring) throws(Problem) -> Int {
        let digits = text.dropFirst()
        guard text.first == ":", (1...5).contains(digits.utf8.count), digits.utf8.allSatisfy(isDigit), let port = Int(digits),
            (1...65_535).contains(port)
        else { throw .port }
        return port
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static func isOfName(_ byte: UInt8) -> Bool {
        let lower = byte | 0x20
        return isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(lower) || "-._".utf8.contains(byte)
    }

    private static func isOfIPv6(_ byte: UInt8) -> Bool {
        isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20) || ":.".utf8.contains(byte)
    }
}

extension InvitationLink.Problem: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notALink: "This is not an invitation: it has the form almanac://HOST:PORT/SECRET.PIN."
        case .host: "The invitation names no host that can be used; an IPv6 address stands in brackets."
        case .port: "The invitation names no port from 1 to 65535."
        case .secret: "The invitation's secret is not complete: was the link cut?"
        case .pin: "The invitation's fingerprint of the authority is not complete: was the link cut?"
        }
    }
}
