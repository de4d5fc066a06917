/// Whose fault an error is. The raw value is its code on the wire.
public enum Fault: UInt8, Hashable, Sendable, CaseIterable {
    /// Of the side that receives the error.
    case receiver = 1
    /// Of the side that sends the error.
    case sender = 2
    case nobody = 3
}
