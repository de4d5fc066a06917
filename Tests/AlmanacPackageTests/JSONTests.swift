import TestSupport
import AlmanacModel
import Testing

@testable import AlmanacPackage

@Suite struct JSONTests {
    private func parse(_ text: String) -> Result<JSON, JSONError> {
        do throws(JSONError) { return .success(try JSONParser.parse(Array(text.utf8))) } catch { return .failure(error) }
    }

    @Test(arguments: [
        ("null", "null"), (" true ", "true"), ("\n[ ]", "[]"), ("{}", "{}"),
        (#"{"b":1,"a":[false,null]}"#, #"{"a":[false,null],"b":1}"#),
        (#""\u0041\u00e9\uD83D\uDE00\/\"\\\n""#, #""Aé😀/\"\\\n""#), ("-0.10e+5", "-0.10e+5"), ("0", "0"),
        ("12345678901234567890.10", "12345678901234567890.10"),
        (#"{"B":1,"a":2,"é":3,"Z":4}"#, #"{"B":1,"Z":4,"a":2,"é":3}"#), (#""\u0000\u001f\u007f""#, "\"\\u0000\\u001f\u{7F}\""),
        (#"{"e\u0301":1,"\u00e9":2}"#, "{\"e\u{301}\":1,\"\u{E9}\":2}"),
    ])
    func canonicalTextIsStable(text: String, canonical: String) throws {
        let json = try parse(text).get()
        #expect(Text(json.description) == Text(canonical))
        #expect(try parse(json.description).get() == json)
    }

    @Test(arguments: [
        "", " ", "nul", "nulll", "[1,]", "[1 2]", "[", "{", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, "{a:1}", #"{"a":1,"a":2}"#, "01",
        "-", "1.", ".5",
        "+1", "1e", "0x1", "NaN", #"""#, "\"\n\"", #""\x""#, #""\u12""#, #""\uD800""#, #""\uDC00""#, #""\uD800\u0041""#, "1 2",
        "\u{FEFF}1",
        "'a'", "[1]]", "tru", "\"\u{1}\"", #""\u+123""#,
    ])
    func malformedTextIsRefused(text: String) {
        #expect(throws: JSONError.self) { try parse(text).get() }
    }

    @Test func bytesThatAreNotUTF8AreRefused() {
        #expect(throws: JSONError.self) { try JSONParser.parse([0x22, 0xff, 0x22]) }
        #expect(throws: JSONError.self) { try JSONParser.parse([0x22, 0xed, 0xa0, 0x80, 0x22]) }
    }

    @Test func depthIsBounded() throws {
        func nested(_ depth: Int) -> String { String(repeating: "[", count: depth) + String(repeating: "]", count: depth) }
        _ = try parse(nested(JSONParser.maximumDepth + 1)).get()
        #expect(throws: JSONError.self) { try parse(nested(JSONParser.maximumDepth + 2)).get() }
        #expect(throws: JSONError.self) { try parse(String(repeating: #"{"a":"#, count: 1_000_000)).get() }
    }

    @Test func hostileBytesNeverTrap() throws {
        let seed: UInt64 = 21
        var random = SeededGenerator(seed: seed)
        let vector = Array(#"{"a\u00e9":[1,-2.5e3,"x\n😀",true,null,{"b":{}}],"c":"\ud83d\ude00"}"#.utf8)
        for end in vector.indices { #expect(throws: JSONError.self) { try JSONParser.parse(Array(vector[..<end])) } }
        for _ in 0..<20_000 {
            var bytes = vector
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: .min ... .max, using: &random)
            }
            guard let json = try? JSONParser.parse(bytes) else { continue }
            #expect(try JSONParser.parse(Array(json.description.utf8)) == json, "seed \(seed)")
        }
    }
}
