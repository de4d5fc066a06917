import Synchronization

/// Whether a connection is still there, for those who work for it elsewhere.
final class Presence: Sendable {
    private let isOver = Atomic<Bool>(false)

    var isHere: Bool { !isOver.load(ordering: .relaxed) }

    func end() { isOver.store(true, ordering: .relaxed) }
}
