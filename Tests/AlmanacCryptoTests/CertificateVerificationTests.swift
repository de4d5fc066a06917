import Testing

@testable import AlmanacCrypto

@Suite("Verification of certificates")
struct CertificateVerificationTests {
    private let authorities: Authorities
    private let path: [Certificate]
    private let root: Certificate

    init() throws {
        authorities = try Authorities()
        path = [authorities.authority.certificate]
        root = authorities.root.certificate
    }

    @Test("succeeds from leaf to root, for the side that it was made for only")
    func kinds() throws {
        for kind in LeafKind.allCases {
            let leaf = try authorities.leaf(kind)
            try leaf.verify(issuedBy: path[0])
            try path[0].verify(issuedBy: root)
            try leaf.verify(through: path, to: root, as: kind, at: Authorities.during)
            let other: LeafKind = kind == .server ? .client : .server
            expectUntrusted("purpose") { try leaf.verify(through: path, to: root, as: other, at: Authorities.during) }
        }
        #expect(Attempt.errorQueueIsEmpty)
    }

    @Test("takes the authorities in any order, with strangers among them")
    func order() throws {
        let stranger = try Authorities()
        let leaf = try authorities.leaf(.server)
        let all = [stranger.authority.certificate, stranger.root.certificate, root] + path
        try leaf.verify(through: all, to: root, as: .server, at: Authorities.during)
    }

    @Test("takes 8 authorities and refuses 9 unseen")
    func count() throws {
        let leaf = try authorities.leaf(.server)
        let eight = Array(repeating: path[0], count: 8)
        try leaf.verify(through: eight, to: root, as: .server, at: Authorities.during)
        expectRefusal("limit of 8") { try leaf.verify(through: eight + path, to: root, as: .server, at: Authorities.during) }
    }

    @Test("fails under another root, and without the authority between")
    func wrongIssuer() throws {
        let leaf = try authorities.leaf(.server)
        let other = try Authorities()
        expectUntrusted("") { try leaf.verify(through: path, to: other.root.certificate, as: .server, at: Authorities.during) }
        expectUntrusted("") { try leaf.verify(through: [], to: root, as: .server, at: Authorities.during) }
        // The same names and another key: what an impostor would make.
        expectUntrusted("") { try leaf.verify(issuedBy: other.authority.certificate) }
        expectUntrusted("") { try other.authority.certificate.verify(issuedBy: root) }
        expectUntrusted("") { try leaf.verify(issuedBy: root) }
    }

    @Test("THREATS 17: fails from the end on, and a second before the beginning, of any certificate of the path")
    func validity() throws {
        let short = try Authorities.validity(from: Authorities.during, to: Authorities.during + 10)
        let leaf = try authorities.leaf(.client, validity: short)
        for offset: Int64 in [0, 9] {
            try leaf.verify(through: path, to: root, as: .client, at: Authorities.during + offset)
        }
        expectCause(.expired) { try leaf.verify(through: path, to: root, as: .client, at: Authorities.during + 10) }
        expectCause(.notYetValid) { try leaf.verify(through: path, to: root, as: .client, at: Authorities.during - 1) }
        let long = try authorities.leaf(.client, validity: Authorities.validity(from: 0, to: 4_000_000_000))
        expectCause(.expired) { try long.verify(through: path, to: root, as: .client, at: Authorities.end) }
        expectCause(.notYetValid) { try long.verify(through: path, to: root, as: .client, at: Authorities.beginning - 1) }
    }

    @Test("fails for what a leaf signed, though the signature is right")
    func leafAsAuthority() throws {
        let key = try P256PrivateKey()
        let leaf = try authorities.leaf(.server, key: key)
        let impostor = try CertificateAuthority(certificate: leaf, key: key)
        let forged = try impostor.issueLeaf(
            .client, publicKey: P256PrivateKey().publicKey, name: CommonName("administrator"),
            uri: #require(CertificateURI("almanac:device:1")), serial: .random(), validity: Authorities.validity())
        expectUntrusted("") { try forged.verify(issuedBy: leaf) }
        expectUntrusted("") { try forged.verify(through: path + [leaf], to: root, as: .client, at: Authorities.during) }
    }

    @Test("fails for the certificate of the root as a leaf")
    func rootAsLeaf() throws {
        expectUntrusted("") { try root.verify(issuedBy: path[0]) }
        for kind in LeafKind.allCases {
            let leaf = try authorities.leaf(kind)
            expectUntrusted("") { try leaf.verify(through: path, to: leaf, as: kind, at: Authorities.during) }
        }
    }
}
