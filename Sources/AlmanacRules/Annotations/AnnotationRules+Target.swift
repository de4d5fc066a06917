import AlmanacModel

/// What an annotation points at: a record, or one field of it. A correction proposes a value for that field.
extension AnnotationRules {
    static func checkTarget(_ values: [FieldValue]) throws(RuleViolation) {
        try need(AnnotationSchema.targetRecord, with: AnnotationSchema.targetCollection, values)
        try need(AnnotationSchema.targetCollection, with: AnnotationSchema.targetRecord, values)
        try need(AnnotationSchema.targetField, with: AnnotationSchema.targetRecord, values)
        try checkNumber(AnnotationSchema.targetCollection, values) { UInt64(exactly: $0).flatMap(CollectionID.init) != nil }
        try checkNumber(AnnotationSchema.targetRecord, values) { RecordID($0) != nil }
        try checkNumber(AnnotationSchema.targetField, values) { UInt64(exactly: $0).flatMap(FieldID.init) != nil }
        try checkNumber(AnnotationSchema.seenSequence, values) { $0 >= 0 }
    }

    static func checkCorrection(_ values: [FieldValue]) throws(RuleViolation) {
        for field in [AnnotationSchema.targetField, AnnotationSchema.correction] where values[field] == nil {
            throw .missing(collection, field)
        }
    }

    private static func need(_ field: FieldID, with other: FieldID, _ values: [FieldValue]) throws(RuleViolation) {
        if values[field] != nil, values[other] == nil { throw .needs(collection, field, with: other) }
    }

    private static func checkNumber(
        _ field: FieldID, _ values: [FieldValue], _ isValid: (Int64) -> Bool
    ) throws(RuleViolation) {
        if case .integer(let number) = values[field], !isValid(number) { throw .noSuchNumber(collection, field) }
    }
}
