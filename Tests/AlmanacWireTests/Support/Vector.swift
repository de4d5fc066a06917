import AlmanacModel
import Testing

/// Bytes, and what becomes of them.
struct Vector: Codable, Equatable, Sendable, CustomTestStringConvertible {
    let name: String
    /// What the bytes are to be decoded as.
    let type: String
    let hex: String
    /// What they say, unless they are refused.
    var decoded: JSON?
    /// The case of the error with which they are refused.
    var error: String?
    /// The rule that they break.
    var rule: String?

    var bytes: [UInt8] {
        get throws { try #require(Hex.decode(hex), "\(name) is not hexadecimal") }
    }

    var testDescription: String { name }

    static func good(_ name: String, _ type: String, _ bytes: [UInt8], _ decoded: JSON) -> Vector {
        Vector(name: name, type: type, hex: Hex.encode(bytes), decoded: decoded)
    }

    static func good(_ name: String, _ type: String, hex: String, _ decoded: JSON) -> Vector {
        Vector(name: name, type: type, hex: hex, decoded: decoded)
    }

    static func refused(_ name: String, _ type: String, hex: String, _ error: String, _ rule: String) -> Vector {
        Vector(name: name, type: type, hex: hex, error: error, rule: rule)
    }

    static func refused(_ name: String, _ type: String, _ bytes: [UInt8], _ error: String, _ rule: String) -> Vector {
        refused(name, type, hex: Hex.encode(bytes), error, rule)
    }
}

extension Vector {
    /// What is hashed or signed is made, never decoded.
    var isDecodable: Bool { !type.hasPrefix("preimage") && !type.hasPrefix("signed bytes") }
}
