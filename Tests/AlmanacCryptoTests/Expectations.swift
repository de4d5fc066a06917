import Testing

@testable import AlmanacCrypto

/// The bytes of hexadecimal digits; white space between them does not count.
func hex(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) -> [UInt8] {
    let digits = text.filter { !$0.isWhitespace }
    let values = digits.compactMap { $0.hexDigitValue.map { UInt8($0) } }
    #expect(values.count == digits.count && values.count.isMultiple(of: 2), "misprinted: \(text)", sourceLocation: sourceLocation)
    return stride(from: 0, to: values.count - 1, by: 2).map { values[$0] << 4 | values[$0 + 1] }
}

/// Expects a refusal of what was given, and that it left nothing behind for TLS to stumble over.
func expectRefusal(
    _ words: String = "", sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> Void
) {
    let error = #expect(throws: CryptoError.self, sourceLocation: sourceLocation, performing: body)
    guard let error else { return }
    guard case .refused(let reason) = error.cause else {
        Issue.record("expected a refusal, not \(error)", sourceLocation: sourceLocation)
        return
    }
    #expect(words.isEmpty || reason.contains(words), "\(reason)", sourceLocation: sourceLocation)
    #expect(Attempt.errorQueueIsEmpty, sourceLocation: sourceLocation)
}

func expectCause(
    _ cause: CryptoError.Cause, sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> Void
) {
    let error = #expect(throws: CryptoError.self, sourceLocation: sourceLocation, performing: body)
    #expect(error?.cause == cause, sourceLocation: sourceLocation)
    #expect(Attempt.errorQueueIsEmpty, sourceLocation: sourceLocation)
}

func expectUntrusted(
    _ words: String, sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> Void
) {
    let error = #expect(throws: CryptoError.self, sourceLocation: sourceLocation, performing: body)
    guard case .untrusted(let reason) = error?.cause else {
        Issue.record("expected no trust, not \(String(describing: error))", sourceLocation: sourceLocation)
        return
    }
    #expect(reason.contains(words), "\(reason)", sourceLocation: sourceLocation)
    #expect(Attempt.errorQueueIsEmpty, sourceLocation: sourceLocation)
}
