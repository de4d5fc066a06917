import AlmanacModel
import AlmanacWire

/// Messages that break a rule, put together byte by byte.
enum RefusedMessages {
    static func vectors() throws -> [Vector] {
        try hellos() + flags + requests + answers()
    }

    private static func refused(
        _ name: String, _ type: UInt8, flags: UInt8, exchange: UInt8 = 0, _ payload: [UInt8], _ error: String, _ rule: String
    ) -> Vector {
        let length = [0, 0, UInt8(payload.count >> 8), UInt8(truncatingIfNeeded: payload.count)]
        return .refused(name, "message", length + [type, flags, 0, exchange] + payload, error, rule)
    }

    private static func hellos() throws -> [Vector] {
        let end: [UInt8] = [0, 0, 0]
        let server: [UInt8] = [1, 1, 0, 0] + (try Samples.dataset().bytes) + [1, 0]
        return [
            refused(
                "lowest version above the highest", 1, flags: 0, [2, 1, 0] + end, "out_of_range", "Lowest is not above highest."),
            refused(
                "software of 65 bytes", 1, flags: 0, [1, 1, 65] + [UInt8](repeating: 97, count: 65) + end, "too_large",
                "The software has at most 64 bytes."),
            refused(
                "features in descending order", 1, flags: 0, [1, 1, 0, 2, 2, 1, 0, 0], "not_ascending",
                "Features are strictly ascending."),
            refused(
                "a feature twice", 1, flags: 0, [1, 1, 0, 2, 1, 1, 0, 0], "not_ascending", "Features are strictly ascending."),
            refused(
                "extensions in descending order", 1, flags: 0, [1, 1, 0] + end + [2, 0, 1, 0], "not_ascending",
                "Extensions are strictly ascending."),
            refused(
                "an extension twice", 1, flags: 0, [1, 1, 0] + end + [1, 0, 1, 0], "not_ascending",
                "Extensions are strictly ascending."),
            refused(
                "extension cut", 1, flags: 0, [1, 1, 0] + end + [1, 4, 0], "truncated", "So many bytes follow as the length says."
            ),
            refused("access 3", 2, flags: 0, server + [3, 0, 0], "unknown_code", "Access is 0, 1 or 2."),
            refused(
                "access 0 without chain", 2, flags: 0, server + [0, 0, 0], "inconsistent",
                "The chain is present unless access is 2."),
            refused(
                "access 2 with a chain", 2, flags: 0, server + [2, 1] + chain(try Samples.chain()) + [0], "inconsistent",
                "The chain is present unless access is 2."),
        ]
    }

    private static func chain(_ chain: DelegationChain) -> [UInt8] {
        var writer = WireWriter()
        chain.write(to: &writer)
        return writer.bytes
    }

    private static let flags: [Vector] = [
        refused("hello with last", 1, flags: 1, [1, 1, 0, 0, 0, 0], "bad_flags", "Frames of exchange 0 have no flag."),
        refused(
            "hello on an exchange", 1, flags: 0, exchange: 1, [1, 1, 0, 0, 0, 0], "bad_exchange", "A hello stands on exchange 0."),
        refused("cancel without last", 10, flags: 0, exchange: 1, [], "bad_flags", "Requests carry last."),
        refused("chain request on exchange 0", 11, flags: 1, [], "bad_exchange", "The client chooses an id from 1."),
        refused("ping of 7 bytes", 13, flags: 0, [UInt8](repeating: 0, count: 7), "truncated", "A ping has 8 bytes."),
        refused("error without last", 16, flags: 0, [1, 1, 0, 0, 0], "bad_flags", "An error carries last."),
    ]

    private static let requests: [Vector] = [
        refused(
            "request of 4097 bytes", 5, flags: 1, exchange: 1, [0x81, 0x20], "too_large",
            "A certificate signing request has at most 4,096 bytes."),
        refused(
            "device without name", 3, flags: 1, exchange: 1, [UInt8](repeating: 9, count: 16) + [0, 0], "out_of_range",
            "A device name has at least 1 byte."),
        refused(
            "pull with a pattern that is none", 6, flags: 1, exchange: 1, [0, 0, 0, 1, 2, 42, 42], "out_of_range",
            "A pattern is a stream name, a stream name and /*, or *."),
        refused(
            "pull with 65 patterns", 6, flags: 1, exchange: 1, [0, 0, 0, 65], "too_large", "A pull has at most 64 patterns."),
        refused(
            "pull of descending streams", 6, flags: 1, exchange: 1, [0, 0, 2] + stream("reference") + stream("a") + [0],
            "not_ascending", "Names are strictly ascending."),
        refused(
            "pull of a stream that has no name", 6, flags: 1, exchange: 1, [0, 0, 1] + stream("A") + [0], "out_of_range",
            "A stream name has lower-case letters, digits and hyphens."),
        refused(
            "pull with a base and no epoch", 6, flags: 1, exchange: 1, [0, 5, 1] + stream("reference", base: 5) + [0],
            "inconsistent", "The epoch is 0 only if nothing was received."),
        refused(
            "pull with a base above the highest head", 6, flags: 1, exchange: 1, [1, 4, 1] + stream("reference", base: 5) + [0],
            "out_of_range", "The highest head is at least the highest base."),
        refused(
            "pull with a position before its base", 6, flags: 1, exchange: 1,
            [1, 5, 1] + stream("reference", base: 5).dropLast() + [1, 4, 1, 1, 0], "non_canonical",
            "A position lies on top of the base."),
    ]

    private static func stream(_ name: String, base: UInt8 = 0) -> [UInt8] {
        [UInt8(name.utf8.count)] + Array(name.utf8) + [base, 0]
    }

    private static func answers() throws -> [Vector] {
        let checkpoint = try Samples.signedCheckpoint().encoded
        return [
            refused(
                "more entries than 2^40", 7, flags: 0, exchange: 1, [9, 1, 1, 97, 0x81, 0x80, 0x80, 0x80, 0x80, 0x20],
                "too_large",
                "An outline announces at most 2^40 entries for a stream."),
            refused(
                "outline of 257 streams", 7, flags: 0, exchange: 1, [9, 0x81, 0x02], "too_large",
                "A pull has at most 256 streams."),
            refused(
                "path of 33 steps", 9, flags: 1, exchange: 1,
                checkpoint + [1, 1] + [UInt8](repeating: 0, count: 16) + [1, 1] + [UInt8](repeating: 0, count: 32) + [33],
                "too_large", "A path has at most 32 steps."),
            refused(
                "sibling in the middle", 9, flags: 1, exchange: 1,
                checkpoint + [1, 1] + [UInt8](repeating: 0, count: 16) + [1, 1] + [UInt8](repeating: 0, count: 32) + [1, 2]
                    + [UInt8](repeating: 0, count: 32), "unknown_code", "A sibling stands on the left or on the right."),
            refused(
                "header of a commit that is cut", 9, flags: 1, exchange: 1, checkpoint + [0, 1, 1, 0], "truncated",
                "Extension 1 is the header of a commit."),
            refused(
                "author of 257 bytes", 9, flags: 1, exchange: 1,
                checkpoint + [0, 1, 19] + [UInt8](repeating: 0, count: 17) + [0x81, 0x02], "too_large",
                "An author has at most 256 bytes."),
            refused(
                "no certificate", 4, flags: 1, exchange: 1, [0, 0, 1] + chain(try Samples.chain()), "out_of_range",
                "The client's certificate comes first."),
            refused(
                "five certificates", 4, flags: 1, exchange: 1, [5, 0, 0, 0, 0, 0, 0, 1] + chain(try Samples.chain()), "too_large",
                "There are at most 4 certificates."),
            refused(
                "role 5", 4, flags: 1, exchange: 1, [1, 0, 0, 5] + chain(try Samples.chain()), "unknown_code",
                "Roles are 1 to 4."),
            refused("error with fault 4", 16, flags: 1, [1, 4, 0, 0, 0], "unknown_code", "The fault is 1, 2 or 3."),
            refused("error with retry 3", 16, flags: 1, [1, 1, 3, 0, 0], "unknown_code", "Retry is 0, 1 or 2."),
            refused(
                "error with a time and without a retry", 16, flags: 1, [1, 1, 0, 5, 0], "inconsistent",
                "After is 0 unless retry is 1."),
            refused(
                "sentence of 513 bytes", 16, flags: 1, [1, 1, 0, 0, 0x81, 0x04], "too_large", "A sentence has at most 512 bytes."),
        ]
    }
}
