import AlmanacModel
import AlmanacReplica
import AlmanacWire
import NIOPosix
import Testing

@testable import AlmanacServer

@Suite struct PullQuestionsTests {
    private let eventLoop = MultiThreadedEventLoopGroup.singleton.next()

    /// Recognised by its head.
    private func question(_ number: Int) -> PullQuestion {
        let request = DeltaRequest(epoch: nil, streams: [], patterns: [], highestHead: Sequence(UInt64(number)))
        return PullQuestion(request: request, fingerprint: .zero, eventLoop: eventLoop) { _ in }
    }

    @Test func oneLooksForAll() {
        let questions = PullQuestions()
        #expect(questions.add(question(1)))
        #expect(!questions.add(question(2)), "somebody looks already")
        #expect(questions.take().count == 2)
        #expect(!questions.add(question(3)), "and still does")
        #expect(questions.isMoreWaiting())
        #expect(questions.take().count == 1)
        #expect(!questions.isMoreWaiting())
        #expect(questions.add(question(4)), "nobody looks any more")
    }

    @Test func theOldestComeFirstAndNotAllAtOnce() {
        let questions = PullQuestions()
        let count = PullQuestions.limit * 2 + 10
        for number in 1...count { _ = questions.add(question(number)) }
        var taken: [UInt64] = []
        repeat {
            let some = questions.take()
            #expect(some.count <= PullQuestions.limit)
            taken += some.map(\.request.highestHead.rawValue)
        } while questions.isMoreWaiting()
        #expect(taken == (1...UInt64(count)).map { $0 })
    }
}
