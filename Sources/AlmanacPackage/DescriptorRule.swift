import AlmanacModel

/// What a descriptor broke. The sentence says what to do instead.
public enum DescriptorRule: Error, Hashable, Sendable {
    case notJSON(line: Int, column: Int, reason: String)
    case tooLarge(limit: ByteCount)
    case missing
    case wrongKind(expected: String, found: String)
    case unknownProperty
    case notIdentifier(String)
    case repeatedName(String)
    case repeatedID(UInt64)
    case outOfRange(String, lowest: UInt64, highest: UInt64)
    case notStreamName(String)
    case notStreamPattern(String)
    case tooManyFields(limit: Int)

    case severalFiles
    case inlineData
    case remoteFile(String)
    case unsafePath(String)
    case outsidePackage(String)
    case notRegularFile(String)
    case unsupportedEncoding(String)
    case unsupportedFileFormat(String)
    case compressed
    case separateFile
    case unsupportedDialect(String)

    case unsupportedType(String)
    case unsupportedFormat(String, type: String)
    case unsupportedSyntax
    case unsupportedConstraint(type: String)
    case constraintValue(String, type: String)
    case emptyRange
    case pattern(String)
    case mergeRule(String, allowed: String)
    case acyclic(String)

    case noPrimaryKey
    case compositeKey
    case unknownField(String)
    case keyIsNoText(String)
    case unknownResource(String)
    case notThePrimaryKey(String, resource: String, key: String)
    case secondForeignKey(String)
    case referenceIsNoText(String)
    case partitionType(String)
    case fieldsMatch(String)

    // Mappings.
    case documentKind(String, expected: String)
    case mappingFile(String)
    case template(String)
    case yearsTwice
}
