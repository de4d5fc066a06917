import AlmanacModel
import AlmanacReplica
import AlmanacSync
import AlmanacTransport
import AlmanacWire
import GRDB
import Testing

@testable import AlmanacClient

typealias Status = AlmanacClient.ExitStatus

/// The one table from errors to exit statuses.
struct FailureReportTests {
    @Test func statusesAreThoseOfTheContract() {
        let numbers = Status.allCases.map(\.rawValue)
        #expect(numbers == [0, 1, 3, 4, 5, 6, 7, 8, 10, 11, 13, 64, 130])
        #expect(Set(Status.allCases.map(\.name)).count == numbers.count)
    }

    private static func status(_ error: any Error) -> Status { FailureReport(error).status }

    @Test(arguments: [
        (ErrorCode.protocolViolation, Status.failed), (.tooLarge, .failed), (.unknownMessage, .failed),
        (.versionUnsupported, .versions), (.wrongDataset, .notSigned), (.notAllowed, .notAllowed),
        (.invitationInvalid, .notAllowed),
        (.requestInvalid, .failed), (.streamUnknown, .notAllowed), (.behind, .offline), (.epochMismatch, .failed),
        (.baseTooOld, .failed), (.cancelled, .offline), (.busy, .offline), (.timedOut, .offline), (.internal, .offline),
        (.goingAway, .offline), (.unknown(99), .failed),
    ])
    func whatTheServerAnswers(_ code: ErrorCode, _ status: Status) {
        #expect(Self.status(SessionRefusal.of(code)) == status)
    }

    @Test func anUnknownCodeIsTreatedByItsRetry() {
        #expect(Self.status(SessionRefusal.of(.unknown(99), retry: .elsewhere)) == .offline)
    }

    @Test func endsOfSessions() throws {
        let versions = try ProtocolVersions(lowest: 2, highest: 3)
        #expect(Self.status(SessionFailure.disconnected(.cut)) == .offline)
        #expect(Self.status(SessionFailure.disconnected(.closed)) == .offline)
        #expect(Self.status(SessionFailure.silent) == .offline)
        #expect(Self.status(SessionFailure.serverGoingAway("x")) == .offline)
        #expect(Self.status(SessionFailure.interrupted) == .interrupted)
        #expect(Self.status(SessionFailure.noCommonVersion(server: versions)) == .versions)
        #expect(Self.status(SessionFailure.accessLimited(.renew)) == .notAllowed)
        #expect(Self.status(SessionFailure.olderEpoch(found: Epoch(1), known: Epoch(2))) == .notSigned)
        #expect(Self.status(SessionFailure.protocolViolation("x")) == .failed)
    }

    @Test func connections() {
        #expect(Self.status(ConnectError.refused(host: "h", port: 1)) == .offline)
        #expect(Self.status(ConnectError.nameNotFound(host: "h")) == .offline)
        #expect(Self.status(ConnectError.tls(.rootDoesNotMatchPin(found: nil))) == .notSigned)
        #expect(Self.status(ConnectError.tls(.noCommonProtocol)) == .versions)
        #expect(Self.status(ConnectError.tls(.notTLS)) == .failed)
        #expect(Self.status(ConnectError.tls(.truncated)) == .offline)
        #expect(Self.status(TLSError.peerAlert(description: "certificate expired")) == .notAllowed)
    }

    @Test func whatTheAuthorityDidNotSign() throws {
        let cursor = Cursor(epoch: Epoch(1), sequence: AlmanacModel.Sequence(1))
        let refusals: [CheckpointVerifier.Refusal] = [
            .signatureInvalid, .rollback(shown: cursor, known: cursor), .equivocation(.zero), .proofInvalid(.reference),
            .unknownDelegation(3),
        ]
        for refusal in refusals { #expect(Self.status(refusal) == .notSigned) }
        #expect(Self.status(Trust.Refusal.rootDoesNotMatchPin) == .notSigned)
        #expect(Self.status(ClientError.fullCopyFailed("x")) == .notSigned)
        #expect(Self.status(ClientError.equivocation(.zero, evidence: "x")) == .notSigned)
        #expect(Self.status(ReplicaError.damaged("x")) == .notSigned)
    }

    @Test func thisSide() throws {
        let name = try #require(ContextName("field"))
        #expect(FailureReport(ClientError.noReplica(name)).sentence.contains("run almanac sync"))
        #expect(Self.status(ClientError.noReplica(name)) == .noReplica)
        #expect(Self.status(ClientError.syncing(name)) == .busy)
        #expect(Self.status(ClientError.keyTooOpen(path: "k", mode: 0o644)) == .notAllowed)
        #expect(Self.status(ClientError.notEnrolled) == .notAllowed)
        #expect(Self.status(ClientError.invalidLink(.pin)) == .usage)
        #expect(Self.status(RawQuery.Failure.sql("x")) == .failed)
    }

    @Test func aFullDiskLosesNothingAndSaysSo() {
        let report = FailureReport(DatabaseError(resultCode: .SQLITE_FULL))
        #expect(report.status == .failed)
        #expect(report.sentence == "The disk is full. Nothing is lost.")
    }

    @Test func aFileThatCannotBeWrittenIsNamed() throws {
        let directory = try TemporaryDirectory()
        let failure = try #require(throws: FileSync.Failure.self) { try FileSync.write([1], to: "\(directory.path)/no/file") }
        let report = FailureReport(failure)
        #expect(report.status == .failed)
        #expect(report.sentence.contains("\(directory.path)/no/file"))
    }

    @Test func adviceFitsTheCommand() {
        let report = FailureReport(SessionFailure.silent)
        #expect(report.advice == "almanac sync")
        #expect(report.retrying(by: "the same link again").advice == "the same link again")
        #expect(FailureReport(ClientError.notEnrolled).retrying(by: "x").advice == "almanac enrol LINK")
    }

    private struct Strange: ReportedFailure {
        let status = Status.usage
        let sentence = "nothing is called \u{1B}[31m."
        let advice: String? = "try\u{202E}this"
    }

    @Test func errorsOfPartsAboveSpeakForThemselves() {
        let report = FailureReport(Strange())
        #expect(report.status == .usage)
        #expect(report.sentence == "Nothing is called \\u{1B}[31m.")
        #expect(report.advice == "try\\u{202E}this")
    }
}
