/// Written by hand from section 4 of the specification.
enum PrimitiveVectors {
    static let file = VectorFile(about: "Section 4: primitive encodings", good: good, refused: refused)

    private static let good: [Vector] = [
        .good("varint zero", "varint", hex: "00", "0"),
        .good("varint of one byte, greatest", "varint", hex: "7f", "127"),
        .good("varint of two bytes, least", "varint", hex: "8001", "128"),
        .good("varint 300", "varint", hex: "ac02", "300"),
        .good("varint 2^32", "varint", hex: "8080808010", "4294967296"),
        .good("varint 2^63-1", "varint", hex: "ffffffffffffffff7f", "9223372036854775807"),
        .good("varint 2^64-1", "varint", hex: "ffffffffffffffffff01", "18446744073709551615"),
        .good("zigzag 0", "zigzag", hex: "00", "0"),
        .good("zigzag -1", "zigzag", hex: "01", "-1"),
        .good("zigzag 1", "zigzag", hex: "02", "1"),
        .good("zigzag -64", "zigzag", hex: "7f", "-64"),
        .good("zigzag 64", "zigzag", hex: "8001", "64"),
        .good("zigzag 2^63-1", "zigzag", hex: "feffffffffffffffff01", "9223372036854775807"),
        .good("zigzag -2^63", "zigzag", hex: "ffffffffffffffffff01", "-9223372036854775808"),
        .good("bytes, none", "bytes", hex: "00", ""),
        .good("bytes", "bytes", hex: "03000102", "000102"),
        .good("text, empty", "text", hex: "00", ""),
        .good("text of two and three bytes a character", "text", hex: "05c3a9e69db1", "é東"),
        .good("text with a null", "text", hex: "03610062", "a\u{0}b"),
        .good("instant 1970", "instant", hex: "00", "1970-01-01T00:00:00Z"),
        .good("instant with milliseconds", "instant", hex: "e907", "1970-01-01T00:00:01.001Z"),
        .good("instant at the end of the year 9999", "instant", hex: "ffb7ff90fdce39", "9999-12-31T23:59:59.999Z"),
        .good("fixed", "fixed(4)", hex: "deadbeef", "deadbeef"),
        .good("optional, absent", "optional varint", hex: "00", "absent"),
        .good("optional, present", "optional varint", hex: "01ac02", "300"),
        .good("list, empty", "list of varint", hex: "00", []),
        .good("list", "list of varint", hex: "03018001ac02", ["1", "128", "300"]),
    ]

    private static let refused: [Vector] = [
        .refused("varint without bytes", "varint", hex: "", "truncated", "A number has at least one byte."),
        .refused("varint that goes on", "varint", hex: "80", "truncated", "The high bit says that a byte follows."),
        .refused(
            "zero in two bytes", "varint", hex: "8000", "non_canonical_varint", "A last byte of 00 after another byte is refused."
        ),
        .refused(
            "one in three bytes", "varint", hex: "818000", "non_canonical_varint",
            "A last byte of 00 after another byte is refused."),
        .refused(
            "varint of 65 bits", "varint", hex: "ffffffffffffffffff02", "non_canonical_varint",
            "A tenth byte above 01 is refused."),
        .refused(
            "varint of eleven bytes", "varint", hex: "8080808080808080808001", "non_canonical_varint",
            "A number has at most ten bytes."),
        .refused("varint and more", "varint", hex: "0100", "trailing_bytes", "Nothing remains."),
        .refused(
            "zigzag in too many bytes", "zigzag", hex: "8100", "non_canonical_varint", "A number is never longer than needed."),
        .refused("bytes that are not there", "bytes", hex: "030001", "truncated", "So many bytes follow as the length says."),
        .refused(
            "bytes of length 2^63", "bytes", hex: "80808080808080808001", "too_large", "So many bytes follow as the length says."),
        .refused("text that is not UTF-8", "text", hex: "01ff", "not_utf8", "A text is valid UTF-8."),
        .refused("overlong slash", "text", hex: "02c0af", "not_utf8", "A text is valid UTF-8."),
        .refused("surrogate", "text", hex: "03eda080", "not_utf8", "A text is valid UTF-8."),
        .refused("text cut within a character", "text", hex: "01c3", "not_utf8", "A text is valid UTF-8."),
        .refused(
            "instant in the year 10000", "instant", hex: "80b8ff90fdce39", "out_of_range", "Instants end with the year 9999."),
        .refused("instant 2^64-1", "instant", hex: "ffffffffffffffffff01", "out_of_range", "Instants end with the year 9999."),
        .refused("fixed, one byte short", "fixed(4)", hex: "deadbe", "truncated", "There are exactly so many bytes."),
        .refused("optional 02", "optional varint", hex: "0201", "unknown_code", "An optional begins with 00 or 01."),
        .refused("absent optional with content", "optional varint", hex: "0001", "trailing_bytes", "Nothing remains."),
        .refused("list that is shorter than its count", "list of varint", hex: "030101", "truncated", "So many elements follow."),
        .refused("list of 2^31", "list of varint", hex: "808080800801", "truncated", "So many elements follow."),
    ]
}
