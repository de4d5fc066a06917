/// Whether it helps to try again.
public enum Retry: Hashable, Sendable {
    /// Not like this.
    case no
    /// Here, after a while; whole milliseconds, not negative.
    case here(after: Duration)
    /// At another server.
    case elsewhere

    func write(to writer: inout WireWriter) {
        switch self {
        case .no: writer.fixed([0, 0])
        case .here(let after):
            writer.u8(1)
            writer.varint(Self.milliseconds(after))
        case .elsewhere: writer.fixed([2, 0])
        }
    }

    init(from reader: inout WireReader) throws(WireError) {
        let (code, after) = (try reader.u8("retry"), try reader.storable("time before a retry"))
        switch (code, after) {
        case (0, 0): self = .no
        case (1, _): self = .here(after: .milliseconds(after))
        case (2, 0): self = .elsewhere
        case (0, _), (2, _): throw .inconsistent("time before a retry")
        default: throw .unknownCode("retry", code: UInt64(code))
        }
    }

    /// The nearest number that the wire can carry, parts of a millisecond dropped.
    private static func milliseconds(_ duration: Duration) -> UInt64 {
        let (seconds, attoseconds) = duration.components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        let (thousand, overflow) = UInt64(seconds).multipliedReportingOverflow(by: 1_000)
        guard !overflow else { return UInt64(Int64.max) }
        return min(thousand &+ UInt64(attoseconds / 1_000_000_000_000_000), UInt64(Int64.max))
    }
}
