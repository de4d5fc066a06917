/// Fixed-width decimal digits, as dates and times are written.
enum Digits {
    /// Nil unless there is at least one byte and all are ASCII digits. At most nine of them.
    static func number(_ characters: ArraySlice<UInt8>) -> Int? {
        guard !characters.isEmpty, characters.count <= 9 else { return nil }
        var number = 0
        for character in characters {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(character) else { return nil }
            number = number * 10 + Int(character - UInt8(ascii: "0"))
        }
        return number
    }

    /// Writes a number with leading zeros; it is not negative, and the buffer has room behind the start.
    static func write(_ number: Int, width: Int, to buffer: UnsafeMutableBufferPointer<UInt8>, at start: Int) {
        var rest = number
        for index in (start..<start + width).reversed() {
            buffer[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
    }
}
