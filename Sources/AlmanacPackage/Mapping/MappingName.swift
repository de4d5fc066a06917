/// What mappings are called. No name leads out of its folder.
public enum MappingName {
    /// Lower-case letters, digits and hyphens.
    public static func isValid(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= 100
            && name.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || byte == UInt8(ascii: "-")
            }
    }

    static func isValid(file name: String) -> Bool { name.hasSuffix(".json") && isValid(String(name.dropLast(5))) }
}
