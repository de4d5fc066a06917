/// An error of a part that this library does not know, which says itself what ``FailureReport`` has to tell of it.
public protocol ReportedFailure: Error {
    var status: ExitStatus { get }
    /// One or more whole sentences.
    var sentence: String { get }
    /// What to do, if that is known.
    var advice: String? { get }
}
