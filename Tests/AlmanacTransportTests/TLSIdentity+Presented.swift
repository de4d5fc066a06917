import AlmanacTransport

extension TLSIdentity {
    /// What the other side is told of it.
    func presented(isExpired: Bool) -> PeerCertificate {
        .presented(publicKey: Self.publicKey(certificateChain[0]), isExpired: isExpired)
    }

    /// The SubjectPublicKeyInfo of a key on P-256, found in its certificate by what such structures begin with: their length, the
    /// algorithm, the curve, and the length of a point. The point's 65 bytes follow.
    private static func publicKey(_ certificate: [UInt8]) -> [UInt8] {
        let start: [UInt8] = [
            0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce,
            0x3d,
            0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
        ]
        for position in certificate.indices where certificate[position...].starts(with: start) {
            return Array(certificate[position...].prefix(start.count + 65))
        }
        return []
    }
}
