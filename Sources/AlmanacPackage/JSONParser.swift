import AlmanacModel

/// Reads RFC 8259 strictly: one value, no member twice, nothing nested deeper than ``maximumDepth``.
package struct JSONParser {
    static let maximumDepth = 32

    private let bytes: [UInt8]
    private var index = 0

    package static func parse(_ bytes: [UInt8]) throws(JSONError) -> JSON {
        var parser = JSONParser(bytes: bytes)
        let value = try parser.value(depth: 0)
        parser.skipSpace()
        guard parser.next == nil else { throw parser.error("something follows the value") }
        return value
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func take(_ byte: Unicode.Scalar) -> Bool {
        guard let next, next == UInt8(ascii: byte) else { return false }
        index += 1
        return true
    }

    private mutating func skipSpace() {
        while let next, [0x20, 0x09, 0x0a, 0x0d].contains(next) { index += 1 }
    }

    private func error(_ reason: String) -> JSONError {
        let before = bytes.prefix(index)
        let lineStart = before.lastIndex(of: 0x0a).map { $0 + 1 } ?? 0
        return JSONError(line: 1 + before.count { $0 == 0x0a }, column: 1 + index - lineStart, reason: reason)
    }

    private mutating func value(depth: Int) throws(JSONError) -> JSON {
        guard depth <= Self.maximumDepth else { throw error("values are nested deeper than \(Self.maximumDepth) levels") }
        skipSpace()
        switch next ?? 0 {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .text(try text())
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
        default: return try word()
        }
    }

    private mutating func word() throws(JSONError) -> JSON {
        for (word, value) in [("true", JSON.boolean(true)), ("false", .boolean(false)), ("null", .null)]
        where bytes[index...].starts(with: word.utf8) {
            index += word.utf8.count
            return value
        }
        throw error(next == nil ? "a value is missing at the end" : "this is no value")
    }

    private mutating func array(depth: Int) throws(JSONError) -> JSON {
        index += 1
        var elements: [JSON] = []
        skipSpace()
        if take("]") { return .array(elements) }
        while true {
            elements.append(try value(depth: depth + 1))
            skipSpace()
            if take("]") { return .array(elements) }
            guard take(",") else { throw error("a comma or the end of the array is missing") }
        }
    }

    private mutating func object(depth: Int) throws(JSONError) -> JSON {
        index += 1
        var members: [Text: JSON] = [:]
        skipSpace()
        if take("}") { return .object(members) }
        while true {
            try member(into: &members, depth: depth)
            skipSpace()
            if take("}") { return .object(members) }
            guard take(",") else { throw error("a comma or the end of the object is missing") }
        }
    }

    private mutating func member(into members: inout [Text: JSON], depth: Int) throws(JSONError) {
        skipSpace()
        guard next == UInt8(ascii: "\"") else { throw error("a member's name is missing") }
        let start = index
        let name = try text()
        guard members[name] == nil else {
            index = start
            throw error("\(VisibleText.quoted(name.string)) is there twice")
        }
        skipSpace()
        guard take(":") else { throw error("a colon is missing") }
        members[name] = try value(depth: depth + 1)
    }
}

extension JSONParser {
    private mutating func number() throws(JSONError) -> String {
        let start = index
        _ = take("-")
        let whole = try digits()
        guard whole == 1 || bytes[index - whole] != UInt8(ascii: "0") else { throw error("a number has leading zeros") }
        if take(".") { _ = try digits() }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            _ = try digits()
        }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    private mutating func digits() throws(JSONError) -> Int {
        let start = index
        while let next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(next) { index += 1 }
        guard index > start else { throw error("a digit is missing") }
        return index - start
    }

    private mutating func text() throws(JSONError) -> Text {
        index += 1
        var result: [UInt8] = []
        while let byte = next {
            guard byte >= 0x20 else { throw error("a control character in a string has to be escaped") }
            index += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = Text(utf8: result) else { throw error("a string is not UTF-8") }
                return text
            case UInt8(ascii: "\\"): result.append(contentsOf: try escape())
            default: result.append(byte)
            }
        }
        throw error("a string has no end")
    }

    private mutating func escape() throws(JSONError) -> [UInt8] {
        guard let byte = next else { throw error("a string has no end") }
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0c]
        case UInt8(ascii: "n"): return [0x0a]
        case UInt8(ascii: "r"): return [0x0d]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"): return try scalar()
        default: throw error("there is no such escape")
        }
    }

    private mutating func scalar() throws(JSONError) -> [UInt8] {
        var units = [try codeUnit()]
        if UTF16.isLeadSurrogate(units[0]), take("\\"), take("u") { units.append(try codeUnit()) }
        guard let text = String(validating: units, as: UTF16.self) else { throw error("half of a surrogate pair is missing") }
        return Array(text.utf8)
    }

    private mutating func codeUnit() throws(JSONError) -> UInt16 {
        let digits = bytes[index...].prefix(4)
        guard digits.count == 4, let pair = Hex.decode(String(decoding: digits, as: UTF8.self)), pair.count == 2 else {
            throw error("four hexadecimal digits are missing")
        }
        index += 4
        return UInt16(pair[0]) << 8 | UInt16(pair[1])
    }
}

/// Why a text is not JSON, and where; line and column (in bytes) count from 1.
package struct JSONError: Error, Hashable {
    let line: Int
    let column: Int
    let reason: String
}
