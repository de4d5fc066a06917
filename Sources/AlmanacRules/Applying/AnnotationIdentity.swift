import AlmanacModel

/// The UUIDs of annotations.
public enum AnnotationIdentity {
    /// The UUID of the annotation that an operation's change of this index, from 0, makes: the operation's own for the first change; for
    /// the others the index is mixed into the last two bytes.
    public static func uuid(of operation: UniqueID, index: Int) -> UniqueID {
        var bytes = operation.bytes
        bytes[UniqueID.byteCount - 2] ^= UInt8(truncatingIfNeeded: index >> 8)
        bytes[UniqueID.byteCount - 1] ^= UInt8(truncatingIfNeeded: index)
        return UniqueID(bytes: bytes) ?? operation
    }
}
