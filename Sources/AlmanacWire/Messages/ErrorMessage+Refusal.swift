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
