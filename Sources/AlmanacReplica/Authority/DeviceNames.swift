/// What the devices of one person are called, so that whoever revokes one of them can tell which.
enum DeviceNames {
    /// As a certificate's common name may be long.
    static let maximumByteCount = 64

    /// The wanted name, or the first of `NAME-2`, `NAME-3` and so on that is not taken. A long name is shortened to make room.
    static func free(_ wanted: String, among taken: Set<String>) -> String {
        guard taken.contains(wanted) else { return wanted }
        var number = 2
        while taken.contains(numbered(wanted, number)) { number += 1 }
        return numbered(wanted, number)
    }

    private static func numbered(_ name: String, _ number: Int) -> String {
        let ending = "-\(number)"
        var base = Substring(name)
        while base.utf8.count + ending.utf8.count > maximumByteCount, !base.isEmpty { base.unicodeScalars.removeLast() }
        return base + ending
    }
}
