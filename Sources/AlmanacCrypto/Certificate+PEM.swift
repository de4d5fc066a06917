extension Certificate {
    /// Reads exactly one certificate from its PEM text.
    public init(pem: String) throws(CryptoError) {
        let chain = try Self.chain(pem: pem)
        guard let certificate = chain.first, chain.count == 1 else {
            throw CryptoError(
                attempt: "read a certificate", cause: .refused("there are \(chain.count) certificates instead of one"))
        }
        self = certificate
    }

    /// Reads the certificates of a PEM text, in order, at least one; other blocks and damaged ones are refused. 64 KiB at most.
    public static func chain(pem: String) throws(CryptoError) -> [Certificate] {
        let attempt = Attempt("read certificates")
        defer { attempt.end() }
        var chain: [Certificate] = []
        for der in try PEM.read(pem, label: label, attempt) { chain.append(try Certificate(der: der)) }
        return chain
    }

    /// The certificate as a PEM block. Blocks one after another are a chain.
    public var pem: String {
        get throws(CryptoError) {
            let attempt = Attempt("write a certificate")
            defer { attempt.end() }
            return try PEM.write(der, label: Self.label, attempt)
        }
    }
}
