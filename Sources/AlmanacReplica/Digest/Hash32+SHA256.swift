import AlmanacCrypto
import AlmanacWire
import Foundation

extension Hash32 {
    /// A hash as the wire carries it.
    public init(_ digest: SHA256Digest) {
        self = Hash32(bytes: digest.bytes) ?? .zero
    }

    /// The hash of these bytes.
    public init(hashing bytes: [UInt8]) throws(CryptoError) {
        self.init(try SHA256.hash(bytes))
    }
}

extension FixedBytes {
    /// As a blob in SQLite.
    var data: Data { Data(bytes) }

    /// Nil unless the length is right, which a damaged file may get wrong.
    init?(_ data: Data) {
        self.init(bytes: [UInt8](data))
    }
}
