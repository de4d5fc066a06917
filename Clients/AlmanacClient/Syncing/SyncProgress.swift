import AlmanacModel

/// What is worth telling while a sync goes on.
public enum SyncProgress: Hashable, Sendable {
    /// An earlier sync was cut; so many windows are here already.
    case resuming(windows: Int)
    /// How many records and tombstones remain to be received.
    case announced(entries: UInt64)
    case received(entries: UInt64, ByteCount)
    /// Everything has come and is the authority's; it is being applied and compared.
    case applying
    /// The authority has renewed its keys; the root key confirms it.
    case keysRenewed
    /// The person may do something else now than before.
    case roleChanged(Role)
    /// This device has a new certificate.
    case certificateRenewed(until: Instant)
    /// It was time for a new certificate, and there is none yet: the next sync asks again.
    case certificateNotRenewed(because: String)
    /// The authority has answered what was written here.
    case pushed(PushSummary)
    /// What was written here could not be sent, or not all of it: it is safe, and is sent again.
    case pushFailed(because: String)
    /// The connection was lost, and is made again after a while.
    case reconnecting(after: Duration, because: String)
    /// One full copy is fetched instead.
    case startingOver(Misfit)
}
