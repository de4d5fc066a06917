/// The caps of section 16 of the specification. All in bytes, unless they count something else.
public enum Caps {
    public static let streamsOfPull = 256
    public static let patternsOfPull = 64
    public static let openExchanges = 16
    public static let chunksOfWindow = 4_096
    public static let rowsOfChunk = 65_536
    public static let chunkBody = 4_194_304
    /// All values of a window, dictionaries expanded: each counts ``valueCost`` and the bytes of its texts.
    public static let expandedWindow = 16_777_216
    /// What every value, element of a set, entry of a dictionary and null of a patch counts for at least.
    public static let valueCost = 32
    public static let rowsOfWindow = 65_536
    public static let record = 131_072
    public static let textValue = 65_536
    public static let textSetElements = 1_024
    public static let path = 32
    public static let announcedEntries: UInt64 = 1 << 40

    public static let operation = 196_608
    public static let operationsOfSheet = 1_024
    public static let publicKey = 256

    public static let windowPayload = 262_144
    public static let unknownFrame = 65_536
    /// Any frame from a client before its hello, or without full access.
    public static let limitedFrame = 8_192

    public static let software = 64
    public static let datasetName = 128
    public static let certificateRequest = 4_096
    public static let deviceName = 64
    public static let certificates = 4
    public static let sentence = 512
    public static let commitAuthor = 256
    public static let commitMessage = 4_096
}
