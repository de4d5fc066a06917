/// Where a reader's bytes come from.
public protocol ByteSource {
    /// The next bytes, at most about so many; none at the end.
    mutating func read(atMost count: Int) throws(PackageError) -> [UInt8]
}
