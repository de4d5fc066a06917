import AlmanacServer

/// What somebody answers at the socket at which a server tells its status.
enum StatusFuzzing {
    static func run(_ bytes: [UInt8]) throws {
        guard let status = try? ServerStatus.decode(bytes) else { return }
        try Finding.unless(try ServerStatus.decode(status.encoded()) == status, "the status is another one when it is written")
    }
}
