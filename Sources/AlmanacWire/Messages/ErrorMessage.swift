import AlmanacModel

/// Why an exchange, or the connection, has failed.
public struct ErrorMessage: MessagePayload {
    static let type = MessageType.error

    public let code: ErrorCode
    public let fault: Fault
    public let retry: Retry
    /// For people; at most 512 bytes.
    public let sentence: Text
    public let extensions: Extensions

    public init(
        code: ErrorCode, fault: Fault, retry: Retry, sentence: Text, extensions: Extensions = .none
    ) throws(WireError) {
        try requireLength(sentence, 0...Caps.sentence, "sentence")
        self.code = code
        self.fault = fault
        self.retry = retry
        self.sentence = sentence
        self.extensions = extensions
        try requireFits()
    }

    /// Tells the sender of refused bytes what was wrong with them.
    public init(refusing error: WireError) {
        code = error.errorCode
        fault = .receiver
        retry = .no
        sentence = Text(error.description)
        extensions = .none
    }

    func write(to writer: inout WireWriter) {
        writer.varint(code.rawValue)
        writer.u8(fault.rawValue)
        retry.write(to: &writer)
        writer.text(sentence)
        extensions.write(to: &writer)
    }

    init(from reader: inout WireReader) throws(WireError) {
        let (code, number) = (ErrorCode(try reader.varint("code of an error")), try reader.u8("fault"))
        guard let fault = Fault(rawValue: number) else { throw .unknownCode("fault", code: UInt64(number)) }
        try self.init(
            code: code, fault: fault, retry: try Retry(from: &reader),
            sentence: try reader.text("sentence", cap: Caps.sentence), extensions: try Extensions(from: &reader))
    }
}
