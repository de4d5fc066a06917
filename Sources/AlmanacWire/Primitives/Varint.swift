/// The two encodings of numbers, written to and measured for plain byte arrays.
enum Varint {
    /// From 1 to 10.
    static func byteCount(_ number: UInt64) -> Int {
        (70 - (number | 1).leadingZeroBitCount) / 7
    }

    static func byteCount(_ number: Int) -> Int { byteCount(UInt64(number)) }

    static func zigzagByteCount(_ number: Int64) -> Int { byteCount(zigzag(number)) }

    static func zigzag(_ number: Int64) -> UInt64 {
        UInt64(bitPattern: (number &<< 1) ^ (number &>> 63))
    }

    static func unzigzag(_ number: UInt64) -> Int64 {
        Int64(bitPattern: number &>> 1) ^ -Int64(bitPattern: number & 1)
    }
}

extension [UInt8] {
    mutating func appendVarint(_ number: UInt64) {
        var number = number
        while number >= 0x80 {
            append(UInt8(truncatingIfNeeded: number) | 0x80)
            number &>>= 7
        }
        append(UInt8(truncatingIfNeeded: number))
    }

    /// For counts, which are not negative.
    mutating func appendVarint(_ number: Int) { appendVarint(UInt64(number)) }

    mutating func appendZigzag(_ number: Int64) { appendVarint(Varint.zigzag(number)) }
}
