import Testing

@testable import AlmanacClient

/// What was left is said last, and in the exit status.
struct SyncEndingTests {
    private static func ending(
        unsent: Int = 0, refused: [String] = [], conflicts: Int = 0, failure: AlmanacClient.ExitStatus? = nil
    ) -> SyncEnding { SyncEnding(unsent: unsent, refused: refused, conflicts: conflicts, failure: failure) }

    @Test func whatIsNotSentIsNeverDone() {
        #expect(Self.ending().status == .done)
        #expect(Self.ending().lines.isEmpty)
        // Written while the sync was under way, or the server has gone away politely.
        #expect(Self.ending(unsent: 1).status == .offline)
        #expect(Self.ending(unsent: 2, refused: ["d179"], conflicts: 1, failure: .offline).status == .offline)
        #expect(Self.ending(unsent: 2, failure: .failed).status == .failed)
        #expect(Self.ending(unsent: 2, failure: .notAllowed).status == .notAllowed)
        #expect(Self.ending(failure: .offline).status == .done, "everything was answered before the cut")
        #expect(Self.ending(refused: ["d179"], failure: .notSigned).status == .notSigned)
    }

    @Test func whatWasRefusedGoesBeforeConflicts() {
        #expect(Self.ending(refused: ["d179"], conflicts: 1).status == .partlyDone)
        #expect(Self.ending(conflicts: 1).status == .conflicts)
    }

    @Test func theLinesTellEverything() {
        #expect(
            Self.ending(unsent: 5, refused: ["d179", "a7f3"], conflicts: 1).lines == [
                "1 conflict; both versions kept.  See: almanac conflicts",
                "2 changes were refused and are kept here: d179, a7f3.  See: almanac outbox",
                "5 changes are safe here, not sent: almanac sync",
            ])
        #expect(Self.ending(unsent: 1).lines == ["1 change is safe here, not sent: almanac sync"])
    }
}
