import AlmanacModel
import AlmanacReplica

/// What a sync finds on this side, and how it begins.
struct ReplicaFinding {
    /// Nil where there is no replica, or none that can be read.
    let state: ReplicaState?
    let start: PullStart
    /// Why there has to be a full copy.
    let misfit: Misfit?

    /// A damaged replica is replaced by a full copy; a full copy that was under way goes on.
    init(_ context: Context) throws {
        let subscription = try context.storedSubscription()
        let isFullCopyUnderWay = Spool.key(at: context.paths.spool).map {
            $0.base == .zero && $0.dataset == context.settings.dataset
        }
        do {
            let replica = try ReplicaDatabase.open(path: context.paths.replica)
            defer { try? replica.close() }
            let state = try replica.state()
            self.state = state
            start = isFullCopyUnderWay == true ? .nothing(subscription) : PullStart(state, subscription)
            misfit = nil
        } catch ReplicaError.missing {
            (state, start, misfit) = (nil, .nothing(subscription), nil)
        } catch {
            guard let found = Misfit(error) else { throw error }
            (state, start, misfit) = (nil, .nothing(subscription), isFullCopyUnderWay == true ? nil : found)
        }
    }
}
