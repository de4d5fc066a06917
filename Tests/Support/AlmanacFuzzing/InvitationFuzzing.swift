import AlmanacClient
import AlmanacCrypto
import AlmanacWire

/// The link that a person pastes.
enum InvitationFuzzing {
    static func run(_ bytes: [UInt8]) throws {
        guard let link = try? InvitationLink(String(decoding: bytes, as: UTF8.self)) else { return }
        let address = link.address
        try Finding.unless(
            (1...65_535).contains(address.port) && (1...253).contains(address.host.utf8.count), "the address \(address)")
        let text =
            "\(InvitationLink.scheme)\(address)/\(Base64URL.encode(link.secret.bytes)).\(Base64URL.encode(link.pin.bytes))"
        try Finding.unless((try? InvitationLink(text)) == link, "the link is another one when it is written: \(text)")
    }
}
