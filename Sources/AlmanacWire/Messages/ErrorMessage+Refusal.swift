import AlmanacModel

extension ErrorMessage {
    /// An error in the words of this program. A sentence above the cap is cut at a character.
    public static func refusal(
        _ code: ErrorCode, _ sentence: String, fault: Fault = .receiver, retry: Retry = .no
    ) -> ErrorMessage {
        (try? ErrorMessage(code: code, fault: fault, retry: retry, sentence: Text(cutting: sentence, to: Caps.sentence)))
            ?? ErrorMessage(refusing: .outOfRange("sentence"))
    }
}

extension ErrorMessage {
    /// The same, which says too that the device was revoked: it drops what it may not read. One that is merely unknown, to an authority
    /// restored from an older copy say, drops nothing.
    public var ofRevokedDevice: ErrorMessage {
        (try? ErrorMessage(
            code: code, fault: fault, retry: retry, sentence: sentence,
            extensions: .init(only: Extension(id: Extension.revoked, content: [])))) ?? self
    }

    /// Whether the sender says that the device was revoked.
    public var isOfRevokedDevice: Bool { code == .notAllowed && extensions.content(of: Extension.revoked) == [] }
}

extension Extension {
    /// Of `error`.
    static let revoked: UInt64 = 1
}
