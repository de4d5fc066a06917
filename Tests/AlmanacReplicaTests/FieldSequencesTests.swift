import AlmanacModel
import Testing

@testable import AlmanacReplica

@Suite struct FieldSequencesTests {
    @Test func whatIsWrittenComesBack() throws {
        let fields = try [fieldID(1), fieldID(300), fieldID(1_024)]
        let sequences = FieldSequences().setting(fields, to: Sequence(7)).setting([fields[1]], to: .max)
        #expect(FieldSequences(bytes: sequences.bytes) == sequences)
        #expect(FieldSequences(bytes: []) == FieldSequences())
        #expect(sequences.fields(after: Sequence(7)) == [fields[1]])
    }

    @Test func whatWasNeverWrittenIsRefused() {
        let wrong: [[UInt8]] = [
            [1], [0, 5], [1, 0x80], [1, 0x80, 0], [2, 5, 1, 5], [1, 5, 1, 6], [1, 5, 3, 5, 2, 5], [0x81, 8, 5],
        ]
        for bytes in wrong { #expect(FieldSequences(bytes: bytes) == nil, "\(bytes)") }
    }
}
