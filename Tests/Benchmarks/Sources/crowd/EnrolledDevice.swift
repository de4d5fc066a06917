import AlmanacCrypto
import AlmanacTransport
import Foundation

/// What `almanac enrol` left: a key, certificates, and whom to believe. One device serves the whole crowd.
struct EnrolledDevice: Sendable {
    let pinnedRoot: [UInt8]
    let identity: TLSIdentity

    private struct Settings: Decodable {
        let pin: String
    }

    /// There is not exactly one context.
    struct NotEnrolled: Error {}

    init(home: String) throws {
        let contexts = URL(fileURLWithPath: home).appending(path: ".config/almanac/contexts")
        let names = try FileManager.default.contentsOfDirectory(atPath: contexts.path)
        guard let name = names.first, names.count == 1 else { throw NotEnrolled() }
        let folder = contexts.appending(path: name)
        let settings = try JSONDecoder().decode(Settings.self, from: Data(contentsOf: folder.appending(path: "context.json")))
        let key = try P256PrivateKey(pem: String(contentsOf: folder.appending(path: "device.key"), encoding: .utf8))
        let chain = try Certificate.chain(pem: String(contentsOf: folder.appending(path: "device.crt"), encoding: .utf8))
        pinnedRoot = try Self.bytes(settings.pin)
        identity = TLSIdentity(certificateChain: chain.map(\.der), privateKey: try key.der)
    }

    /// A context of its own for every client, as every machine has: each continues its own sessions and no others.
    func context() throws -> TLSContext { try TLSContext.client(pinnedRoot: pinnedRoot, identity: identity) }

    private static func bytes(_ hexadecimal: String) throws -> [UInt8] {
        let digits = try hexadecimal.map { digit in
            guard let value = digit.hexDigitValue else { throw NotEnrolled() }
            return UInt8(value)
        }
        return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}
