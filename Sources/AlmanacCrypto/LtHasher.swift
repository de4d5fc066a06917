/// Makes the lanes that a record adds to an ``LtHash``. It is a workspace, one for each task, so that nothing is allocated for a
/// record but the state of the digest, which OpenSSL 3.0 makes anew each time (112 bytes).
///
/// The lanes are the first 2,048 bytes of the ChaCha20 keystream, read as 1,024 little-endian numbers, under the key
/// SHA-256("almanac/1 record", a NUL byte, the record's canonical bytes).
public final class LtHasher {
    private static let context = Array("almanac/1 record\0".utf8)

    /// The lanes of the loaded record, as they are in the keystream: little-endian whatever the machine.
    let lanes: UnsafeMutablePointer<UInt16>
    private let key: UnsafeMutablePointer<UInt8>
    private var hash: SHA256
    private let cipher: ChaCha20

    public init() throws(CryptoError) {
        hash = try SHA256()
        cipher = try ChaCha20()
        lanes = .allocate(capacity: LtHash.laneCount)
        lanes.initialize(repeating: 0, count: LtHash.laneCount)
        key = .allocate(capacity: SHA256Digest.byteCount)
        key.initialize(repeating: 0, count: SHA256Digest.byteCount)
    }

    deinit {
        lanes.deallocate()
        key.deallocate()
    }

    func load(_ record: UnsafeRawBufferPointer) throws(CryptoError) {
        try begin()
        try hash.update(record)
        try expand()
    }

    func load(_ record: [UInt8]) throws(CryptoError) {
        try begin()
        try hash.update(record)
        try expand()
    }

    private func begin() throws(CryptoError) {
        try hash.restart()
        try hash.update(Self.context)
    }

    private func expand() throws(CryptoError) {
        try hash.write(into: key)
        let stream = UnsafeMutableRawPointer(lanes).assumingMemoryBound(to: UInt8.self)
        try cipher.write(key: key, into: stream)
    }
}
