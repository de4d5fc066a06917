enum FrameVectors {
    static let file = VectorFile(
        about: "Section 3: frames. The type says who sends, and whether the smaller cap of section 16 holds.", good: good,
        refused: refused)

    private static let good: [Vector] = [
        .good(
            "ping", "frame client limited", hex: "000000080d0000000001020304050607",
            ["type": "13", "last": .bool(false), "exchange": "0", "payload": "0001020304050607"]),
        .good(
            "cancel without payload, last", "frame client full", hex: "000000000a01ffff",
            ["type": "10", "last": .bool(true), "exchange": "65535", "payload": ""]),
        .good(
            "unknown type, dropped", "frame server full", hex: "00000003c8010102aabbcc",
            ["unknown_type": "200", "last": .bool(true), "exchange": "258", "dropped_bytes": "3"]),
        .good(
            "unknown type without payload", "frame client limited", hex: "0000000000000001",
            ["unknown_type": "0", "last": .bool(false), "exchange": "1", "dropped_bytes": "0"]),
    ]

    private static let refused: [Vector] = [
        .refused("header cut", "frame client full", hex: "000000080d0000", "truncated", "A header has eight bytes."),
        .refused(
            "payload cut", "frame client full", hex: "000000080d00000000", "truncated",
            "The payload has the length that the header says."),
        .refused("flag 02", "frame client full", hex: "000000000a020001", "bad_flags", "All flags but last are zero."),
        .refused("flags 81", "frame client full", hex: "000000000a810001", "bad_flags", "All flags but last are zero."),
        .refused(
            "flag 04 on an unknown type", "frame server full", hex: "00000000c8040001", "bad_flags",
            "All flags but last are zero."),
        .refused("ping of 9 bytes", "frame client full", hex: "000000090d000000", "too_large", "A ping has at most 8 bytes."),
        .refused("cancel of 1 byte", "frame client full", hex: "000000010a010001", "too_large", "A cancel has no payload."),
        .refused(
            "window of 262145 bytes", "frame server full", hex: "0004000108000001", "too_large",
            "A window has at most 262,144 bytes."),
        .refused("four gigabytes", "frame client full", hex: "ffffffff06010001", "too_large", "A pull has at most 65,536 bytes."),
        .refused(
            "unknown type of 65537 bytes", "frame server full", hex: "00010001c8000001", "too_large",
            "A frame of an unknown type has at most 65,536 bytes."),
        .refused(
            "pull of 8193 bytes before the hello", "frame client limited", hex: "0000200106010001", "too_large",
            "Before its hello a client's frames have at most 8,192 bytes."),
        .refused(
            "unknown type of 8193 bytes before the hello", "frame client limited", hex: "00002001c8000001", "too_large",
            "Before its hello a client's frames have at most 8,192 bytes."),
        .refused(
            "window from a client", "frame client full", hex: "0000000008000001", "wrong_direction",
            "Windows come from the server."),
        .refused(
            "pull from a server", "frame server full", hex: "0000000006010001", "wrong_direction", "Pulls come from the client."),
    ]
}
