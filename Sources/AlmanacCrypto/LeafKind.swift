import COpenSSL

/// Which side of a connection a certificate may speak for.
public enum LeafKind: CaseIterable, Sendable {
    case server, client

    var extendedKeyUsage: String {
        switch self {
        case .server: "serverAuth"
        case .client: "clientAuth"
        }
    }

    var purpose: Int32 {
        switch self {
        case .server: X509_PURPOSE_SSL_SERVER
        case .client: X509_PURPOSE_SSL_CLIENT
        }
    }
}
