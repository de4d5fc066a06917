import AlmanacWire

/// Windows that break a rule.
enum RefusedWindows {
    static let vectors = heads + chunks + bodies + columns + values

    private static func refused(_ name: String, _ bytes: [UInt8], _ error: String, _ rule: String) -> Vector {
        .refused(name, "window", bytes, error, rule)
    }

    private static func window(
        base: UInt64 = 10, head: UInt64 = 20, end: (UInt64, UInt64, UInt64) = (20, 65_535, 1 << 62)
    ) -> [UInt8] {
        HandMade.window(base: base, head: head, end: end, [HandMade.chunk(HandMade.body())])
    }

    private static let heads: [Vector] = [
        refused(
            "stream in capitals", HandMade.window(stream: "Reference", [HandMade.chunk(HandMade.body())]), "out_of_range",
            "A stream name has lower-case letters, digits and hyphens."),
        refused("head at the base", window(head: 10), "out_of_range", "A window has changes between base and head."),
        refused("end after the head", window(end: (21, 1, 1)), "out_of_range", "The end is not after the head."),
        refused("end before the base", window(end: (9, 1, 1)), "out_of_range", "The end is after the base."),
        refused("end before the last change", window(end: (11, 15, 9)), "out_of_range", "Everything lies up to the end."),
        refused("head 2^63", window(head: 1 << 63, end: (20, 1, 1)), "out_of_range", "Sequences are at most 2^63-1."),
        refused("window without chunks", HandMade.window([]), "out_of_range", "There is at least one chunk."),
        refused("window and more", window() + [0], "trailing_bytes", "Nothing remains."),
    ]

    private static let chunks: [Vector] = [
        refused("4097 chunks", HandMade.window([]).dropLast() + [0x81, 0x20], "too_large", "A window has at most 4,096 chunks."),
        refused("kind 4", HandMade.window([HandMade.chunk(kind: 4, HandMade.body())]), "unknown_code", "Kinds are 1, 2 and 3."),
        refused(
            "collection 0 of a chunk", HandMade.window([HandMade.chunk(collection: 0, HandMade.body())]), "out_of_range",
            "Collections are from 1 to 65535."),
        refused(
            "chunk without rows", HandMade.window([HandMade.chunk(rows: 0, [0])]), "out_of_range", "A chunk has at least one row."
        ),
        refused(
            "65537 rows", HandMade.window([HandMade.chunk(rows: 65_537, HandMade.body())]), "too_large",
            "A chunk has at most 65,536 rows."),
        refused(
            "body of 4194305 bytes", HandMade.window([HandMade.chunk(size: 4_194_305, HandMade.body())]), "too_large",
            "A body has at most 4,194,304 bytes."),
        refused(
            "method 2", HandMade.window([HandMade.chunk(method: 2, HandMade.body())]), "unknown_code", "Methods are 0 and 1."),
        refused(
            "stored body of another size", HandMade.window([HandMade.chunk(size: 9, HandMade.body())]), "inconsistent",
            "A stored body has the announced size."),
        refused(
            "the same record twice",
            HandMade.window([HandMade.chunk(HandMade.body()), HandMade.chunk(kind: 3, HandMade.body())]), "repeated",
            "No record stands in a window twice."),
        refused(
            "the same record twice in a chunk", HandMade.window([HandMade.chunk(rows: 2, HandMade.zigzags([1, 0, 1, 1]) + [0])]),
            "repeated", "No record stands in a window twice."),
    ]

    /// Empty record 1 at sequence 11: bytes 02 02 00.
    private static func deflated(size: UInt64, _ data: [UInt8]) -> [UInt8] {
        HandMade.window([HandMade.chunk(size: size, method: 1, data)])
    }

    private static let block: [UInt8] = [1, 3, 0, 252, 255, 2, 2, 0]

    private static let bodies: [Vector] = [
        refused("not deflate", deflated(size: 3, [7, 0, 0]), "inflate", "The data is a deflate stream."),
        refused(
            "deflate without an end", deflated(size: 3, Array(block.dropLast())), "inflate",
            "Deflated data ends with its final block."),
        refused(
            "no final block", deflated(size: 3, [0] + block.dropFirst()), "inflate", "Deflated data ends with its final block."),
        refused("bytes behind the final block", deflated(size: 3, block + [0]), "inflate", "Nothing is left over."),
        refused("more than announced", deflated(size: 2, block), "inflate", "Deflated data gives exactly the announced size."),
        refused("less than announced", deflated(size: 4, block), "inflate", "Deflated data gives exactly the announced size."),
        refused(
            "announced more than deflate can give", deflated(size: 4_194_304, block), "inflate",
            "Deflated data gives exactly the announced size."),
        refused("no data", deflated(size: 0, []), "inflate", "The data is a deflate stream."),
        refused(
            "record 0 of a chunk", HandMade.window([HandMade.chunk(HandMade.zigzags([0, 1]) + [0])]), "out_of_range",
            "Record ids are from 1."),
        refused(
            "record -1 of a chunk", HandMade.window([HandMade.chunk(HandMade.zigzags([-1, 1]) + [0])]), "out_of_range",
            "Record ids are from 1."),
        refused(
            "record ids beyond 2^63-1", HandMade.window([HandMade.chunk(rows: 2, HandMade.zigzags([.max, 1, 1, 0]) + [0])]),
            "out_of_range", "Record ids are at most 2^63-1."),
        refused(
            "sequence at the base", HandMade.window([HandMade.chunk(HandMade.zigzags([1, 0]) + [0])]), "out_of_range",
            "Changes lie after the base."),
        refused(
            "sequence above the head", HandMade.window([HandMade.chunk(HandMade.zigzags([1, 11]) + [0])]), "out_of_range",
            "Changes lie up to the head."),
        refused(
            "sequence beyond 2^63-1", HandMade.window([HandMade.chunk(HandMade.zigzags([1, .max]) + [0])]), "out_of_range",
            "Numbers stay in their range."),
        refused("body cut", HandMade.window([HandMade.chunk(HandMade.zigzags([1, 1]))]), "truncated", "A body has columns."),
        refused("body and more", HandMade.window([HandMade.chunk(HandMade.body() + [0])]), "trailing_bytes", "Nothing follows."),
        refused(
            "1025 columns", HandMade.window([HandMade.chunk(HandMade.zigzags([1, 1]) + [0x81, 0x08])]), "too_large",
            "Fields are from 1 to 1024."),
        refused(
            "tombstones with a column",
            HandMade.window([HandMade.chunk(kind: 3, HandMade.body([HandMade.column(type: 1, [1])]))]), "inconsistent",
            "Tombstones have no columns."),
    ]

    private static func column(
        field: UInt64 = 1, type: UInt8, presence: [UInt8] = [0], encoding: UInt8 = 0, _ values: [UInt8]
    ) -> [UInt8] {
        HandMade.window(columns: [HandMade.column(field: field, type: type, presence: presence, encoding: encoding, values)])
    }

    private static let columns: [Vector] = [
        refused(
            "columns in descending order",
            HandMade.window(columns: [HandMade.column(field: 2, type: 1, [1]), HandMade.column(field: 1, type: 1, [1])]),
            "not_ascending", "Field ids are strictly ascending."),
        refused(
            "a column twice", HandMade.window(columns: [HandMade.column(type: 1, [1]), HandMade.column(type: 1, [1])]),
            "not_ascending", "Field ids are strictly ascending."),
        refused("column of field 0", column(field: 0, type: 1, [1]), "out_of_range", "Fields are from 1 to 1024."),
        refused("column of type 0", column(type: 0, [1]), "unknown_code", "Types begin with 1."),
        refused("presence 02", column(type: 1, presence: [2], [1]), "unknown_code", "Presence is 00 or 01."),
        refused(
            "presence of a row that is not there", column(type: 1, presence: [1, 3], [1]), "non_canonical",
            "Unused bits are zero."),
        refused("boolean of a row that is not there", column(type: 1, [2]), "non_canonical", "Unused bits are zero."),
        refused("encoding 4", column(type: 2, encoding: 4, [1]), "unknown_code", "Encodings are 0 to 3."),
        refused(
            "booleans as differences", column(type: 1, encoding: 1, [1]), "unknown_code",
            "Differences are for integer, date, instant and reference."),
        refused(
            "integers in a dictionary", column(type: 2, encoding: 2, [1, 2, 0]), "unknown_code",
            "Dictionaries are for text and bytes."),
        refused("integers scaled", column(type: 2, encoding: 3, [0, 2]), "unknown_code", "Scaled is for decimals."),
        refused(
            "unknown type in a dictionary", column(type: 11, encoding: 2, [1, 1, 9, 0]), "unknown_code",
            "An unknown type comes in encoding 0."),
        refused("set elements as differences", column(type: 9, [1, 1, 0]), "unknown_code", "Elements have encoding 0 or 2."),
    ]

    private static let values: [Vector] = [
        refused("fewer integers than rows", column(type: 2, []), "truncated", "Every row has a value."),
        refused(
            "integers beyond 64 bits",
            HandMade.window(rows: 2, columns: [HandMade.column(type: 2, encoding: 1, HandMade.zigzags([.max, 1]))]),
            "out_of_range", "Numbers stay in their range."),
        refused(
            "date out of range", column(type: 5, HandMade.zigzags([2_932_897])), "out_of_range", "Dates end with 9999-12-31."),
        refused("reference 0 of a column", column(type: 10, [0]), "out_of_range", "Record ids are from 1."),
        refused(
            "decimal beyond 15 digits", column(type: 3, HandMade.zigzags([0, 1_000_000_000_000_001])), "out_of_range",
            "The magnitude of the significand is below 10^15."),
        refused(
            "decimals scaled by 10^23", column(type: 3, encoding: 3, HandMade.zigzags([23, 1])), "out_of_range",
            "The exponent is from -22 to 22."),
        refused(
            "decimals scaled by 10^(2^62)", column(type: 3, encoding: 3, HandMade.zigzags([1 << 62, 10])), "out_of_range",
            "The exponent is from -22 to 22."),
        refused("text of 65537 bytes", column(type: 4, HandMade.varint(65_537)), "too_large", "A text has at most 65,536 bytes."),
        refused("text that is not UTF-8 in a column", column(type: 4, [1, 255]), "not_utf8", "A text is valid UTF-8."),
        refused(
            "texts that share a character", HandMade.window(rows: 2, columns: [HandMade.column(type: 4, [1, 1, 0xc3, 0xa9])]),
            "not_utf8", "Each text is valid UTF-8."),
        refused(
            "entry that a dictionary lacks", column(type: 4, encoding: 2, [1, 1, 97, 1]), "out_of_range",
            "An entry is below the count."),
        refused(
            "entry of an empty dictionary", column(type: 4, encoding: 2, [0, 0]), "out_of_range", "An entry is below the count."),
        refused(
            "dictionary of 2^32-1 entries", column(type: 4, encoding: 2, HandMade.varint(4_294_967_295)), "too_large",
            "A dictionary has no more entries than a body has bytes."),
        refused(
            "set of 1025 in a column", column(type: 9, HandMade.varint(1_025)), "too_large", "A set has at most 1,024 elements."),
        refused(
            "set in descending order in a column", column(type: 9, [2, 0, 1, 1, 98, 97]), "not_ascending",
            "A set is strictly ascending."),
        refused("uuid cut", column(type: 7, [0, 1, 2]), "truncated", "A UUID has 16 bytes."),
    ]
}
