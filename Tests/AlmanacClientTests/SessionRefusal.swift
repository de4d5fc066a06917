import AlmanacModel
import AlmanacSync
import AlmanacWire

/// Errors as a server sends them.
enum SessionRefusal {
    static func notAllowed(_ sentence: String) -> SessionFailure { .refused(.refusal(.notAllowed, sentence)) }

    static func of(_ code: ErrorCode, retry: Retry = .no) -> SessionFailure {
        .refused(.refusal(code, "because", retry: retry))
    }
}
