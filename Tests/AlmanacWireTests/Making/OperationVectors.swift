import AlmanacModel
import AlmanacWire

enum OperationVectors {
    static func file() throws -> VectorFile {
        let (sheet, receipts) = (try OperationSamples.sheet(), try OperationSamples.receipts())
        let operations = try OperationSamples.all().map { Vector.good($0, "operation", $1.encoded, $1.json) }
        return VectorFile(
            about:
                "Section 8: operations, and the statements about them without signatures. `signed bytes` is what a signature is over.",
            good: operations + [
                .good("operations of a device", "operations", sheet.encoded, sheet.json),
                .good("signed bytes of operations", "signed bytes operations", sheet.signingInput, sheet.json),
                .good("receipts", "receipts", receipts.encoded, receipts.json),
                .good("signed bytes of receipts", "signed bytes receipts", receipts.signingInput, receipts.json),
            ],
            refused: refused)
    }

    private static let head = String(repeating: "a7", count: 16) + "00" + "00"
    private static let dataset = String(repeating: "0f", count: 16)
    private static let hash = String(repeating: "77", count: 32)

    private static let refused: [Vector] = [
        .refused(
            "operation without changes", "operation", hex: head + "00", "out_of_range", "An operation has a change at least."),
        .refused(
            "operation of 4,097 changes", "operation", hex: head + "8120", "too_large", "An operation has at most 4,096 changes."),
        .refused("operation cut in its id", "operation", hex: "a7a7", "truncated", "An id has 16 bytes."),
        .refused("change of kind 6", "operation", hex: head + "0106", "unknown_code", "Kinds are 1 to 5."),
        .refused("operation and more", "operation", hex: head + "010111000000", "trailing_bytes", "Nothing remains."),
        .refused(
            "new record with a null", "operation", hex: head + "0101110001" + "0100", "non_canonical",
            "A field without a value is absent from a new record."),
        .refused(
            "new record of descending fields", "operation", hex: head + "0101110002" + "020101010101" + "010101010101",
            "not_ascending", "Fields ascend."),
        .refused(
            "new record in a stream that has no name", "operation", hex: head + "0101110101" + "4100", "out_of_range",
            "A stream name has lower-case letters, digits and hyphens."),
        .refused("name of kind 3", "operation", hex: head + "01020311", "unknown_code", "Names are of kind 1 or 2."),
        .refused(
            "edit of nothing", "operation", hex: head + "0102011101" + "00", "out_of_range", "An edit names a field at least."),
        .refused("edit of kind 3", "operation", hex: head + "0102011101" + "010103", "unknown_code", "Edits are of kind 1 or 2."),
        .refused(
            "elements that come and go", "operation", hex: head + "0102011101" + "01010201016101" + "0161", "inconsistent",
            "No element is both added and removed."),
        .refused(
            "elements neither added nor removed", "operation", hex: head + "0102011101" + "0101020000", "out_of_range",
            "One element at least comes or goes."),
        .refused(
            "elements that descend", "operation", hex: head + "0102011101" + "01010202016201610" + "0", "not_ascending",
            "Elements ascend."),
        .refused(
            "value of kind 3", "operation", hex: head + "0103011101" + "010103", "unknown_code", "Values are of kind 1 or 2."),
        .refused(
            "value that is not its type's", "operation", hex: head + "0103011101" + "01010101010102", "out_of_range",
            "A boolean is 0 or 1."),
        .refused(
            "index of a change that no operation has", "operation",
            hex: head + "01030211" + String(repeating: "a7", count: 16) + "8020", "too_large",
            "An operation has at most 4,096 changes."),
        .refused(
            "move to the same stream", "operation", hex: head + "010401110101610161", "inconsistent",
            "A move has two streams."),
        .refused("no operations", "operations", hex: dataset + "0000", "out_of_range", "A statement has an operation at least."),
        .refused(
            "1,025 operations", "operations", hex: dataset + "008108", "too_large", "A statement has at most 1,024 operations."),
        .refused(
            "operation without an id", "operations", hex: dataset + "0001" + "02a7a7", "truncated",
            "The first 16 bytes are the id."),
        .refused(
            "operation of 196,609 bytes", "operations", hex: dataset + "0001" + "81800c", "too_large",
            "An operation has at most 196,608 bytes."),
        .refused("key of 257 bytes", "operations", hex: dataset + "8102", "too_large", "A key has at most 256 bytes."),
        .refused("no receipts", "receipts", hex: dataset + "010300", "out_of_range", "A statement has a receipt at least."),
        .refused(
            "outcome 3", "receipts", hex: dataset + "010301" + String(repeating: "a7", count: 16) + hash + "03", "unknown_code",
            "Outcomes are 1 and 2."),
        .refused(
            "record id 0 of a receipt", "receipts",
            hex: dataset + "010301" + String(repeating: "a7", count: 16) + hash + "01050100", "out_of_range",
            "Record ids begin at 1."),
        .refused(
            "sentence of a rejection of 513 bytes", "receipts",
            hex: dataset + "010301" + String(repeating: "a7", count: 16) + hash + "02018104", "too_large",
            "A sentence has at most 512 bytes."),
    ]
}
