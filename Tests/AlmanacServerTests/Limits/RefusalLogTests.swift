import AlmanacModel
import Testing

@testable import AlmanacServer

@Suite struct RefusalLogTests {
    private let now = TestDataset.founded

    private func lines(_ log: TestLog) -> [String] {
        log.text.split(separator: "\n").map { String($0.split(separator: " ", maxSplits: 1)[1]) }
    }

    @Test func threat24_theFirstIsSaidAtOnceTheOthersAsANumber() {
        let log = TestLog()
        let refusals = RefusalLog(log.logger)
        for peer in 1...1_000 { refusals.note("too many", peer: "p\(peer)", now: now) }
        #expect(lines(log) == ["warning too many count=1 peer=p1"])
        refusals.flush(now: now.advanced(by: .seconds(59)))
        #expect(lines(log).count == 1)
        refusals.flush(now: now.advanced(by: .seconds(60)))
        #expect(lines(log).dropFirst() == ["warning too many count=999 peer=p1000"])
        refusals.note("too many", peer: "late", now: now.advanced(by: .seconds(61)))
        #expect(lines(log).count == 2)
        refusals.flush(now: now.advanced(by: .seconds(120)))
        #expect(lines(log).dropFirst(2) == ["warning too many count=1 peer=late"])
    }

    @Test func afterAQuietMinuteItIsNewsAgain() {
        let log = TestLog()
        let refusals = RefusalLog(log.logger)
        refusals.note("too many", peer: "one", now: now)
        refusals.flush(now: now.advanced(by: .seconds(60)))
        refusals.note("too many", peer: "two", now: now.advanced(by: .seconds(61)))
        refusals.note("another", peer: "three", now: now.advanced(by: .seconds(61)))
        #expect(lines(log).count == 3)
    }
}
