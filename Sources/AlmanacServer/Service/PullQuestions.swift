import AlmanacReplica
import AlmanacWire
import NIOConcurrencyHelpers
import NIOCore

/// A reader who wants the next piece of a pull.
struct PullQuestion: Sendable {
    let request: DeltaRequest
    let fingerprint: Hash32
    let eventLoop: any EventLoop
    /// False once the reader is gone; then it need not be answered.
    var isWanted: @Sendable () -> Bool = { true }
    /// Called on the event loop, once at most.
    let answer: @Sendable (Backend.Piece) -> Void

    /// Gives all of them the same answer.
    static func tell(_ questions: [PullQuestion], _ piece: Backend.Piece) {
        for questions in Dictionary(grouping: questions, by: { ObjectIdentifier($0.eventLoop) }).values {
            questions.first?.eventLoop.execute {
                for question in questions { question.answer(piece) }
            }
        }
    }
}

/// What readers want that nobody has looked at. When the head moves all followers ask at once: one look at the device table then does
/// for hundreds of them, while a single reader waits for nobody.
final class PullQuestions: Sendable {
    /// Looked at together: as many as an event loop may answer before it turns to others.
    static let limit = 256

    private struct State {
        var waiting: CircularBuffer<PullQuestion> = []
        var isLookedAt = false
    }

    private let state = NIOLockedValueBox(State())

    /// Whether somebody has to begin to look.
    func add(_ question: PullQuestion) -> Bool {
        state.withLockedValue { state in
            state.waiting.append(question)
            defer { state.isLookedAt = true }
            return !state.isLookedAt
        }
    }

    /// The oldest.
    func take() -> [PullQuestion] {
        state.withLockedValue { state in
            let taken = Array(state.waiting.prefix(Self.limit))
            state.waiting.removeFirst(taken.count)
            return taken
        }
    }

    /// Whether whoever looks has to go on.
    func isMoreWaiting() -> Bool {
        state.withLockedValue { state in
            state.isLookedAt = !state.waiting.isEmpty
            return state.isLookedAt
        }
    }
}
