import AlmanacModel
import AlmanacReplica

/// Words for null. Readers of CSV cannot tell an empty text from nothing, so a column that has empty texts needs a word for null that
/// none of its texts is.
enum NullWords {
    static func words(_ fields: [Field], of collection: Collection, in snapshot: ReplicaSnapshot) throws -> [FieldID: String] {
        let empty = try snapshot.fieldsWithEmptyTexts(fields.filter { $0.type == .text }, of: collection)
        var words: [FieldID: String] = [:]
        for field in empty { words[field] = try word(field, of: collection, in: snapshot) }
        return words
    }

    private static func word(_ field: FieldID, of collection: Collection, in snapshot: ReplicaSnapshot) throws -> String {
        var (word, number) = ("NULL", 1)
        while try snapshot.holds(word, in: field, of: collection) {
            number += 1
            word = "NULL\(number)"
        }
        return word
    }
}
