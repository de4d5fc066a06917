import AlmanacSync
import AlmanacTransport
import Testing

@testable import AlmanacClient

/// Offline, what was written here is said to be safe.
struct UnsentFailureTests {
    @Test func oneChangeAndSeveral() {
        let report = FailureReport(ConnectError.timedOut(host: "data.example.org", port: 7410))
        #expect(report.keeping(1).sentence == "data.example.org:7410 does not answer. 1 change is safe here.")
        #expect(report.keeping(2).sentence.hasSuffix(" 2 changes are safe here."))
        #expect(report.keeping(0) == report)
        #expect(report.keeping(1).advice == "almanac sync")
        #expect(report.keeping(1).status == .offline)
    }

    @Test func whatElseIsSaidStays() {
        let report = FailureReport(SessionFailure.disconnected(.cut)).keeping(3)
        #expect(report.sentence == "The connection was cut. 3 changes are safe here, and the next sync goes on here.")
    }

    @Test func otherFailuresPromiseNothing() {
        let report = FailureReport(ClientError.notEnrolled)
        #expect(report.keeping(3) == report)
    }
}
