/// What a signature is for. The text is signed in front of the message, so that no signature of one kind passes for another.
public enum SignatureContext: String, CaseIterable, Sendable {
    case checkpoint = "almanac/1 checkpoint"
    case delegation = "almanac/1 delegation"
    case operations = "almanac/1 operations"
    case receipts = "almanac/1 receipts"

    /// The bytes that are signed: the text in ASCII, a NUL byte, the message.
    func signedBytes(_ message: [UInt8]) -> [UInt8] { Array(rawValue.utf8) + [0] + message }
}
