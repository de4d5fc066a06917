extension DescriptorRule: CustomStringConvertible {
    /// One sentence, or two: what is wrong, what to do.
    public var description: String {
        documentSentence ?? fileSentence ?? fieldSentence ?? mappingSentence ?? keySentence
    }

    private var documentSentence: String? {
        switch self {
        case .notJSON(let line, let column, let reason): "This is not JSON (line \(line), column \(column)): \(reason)."
        case .tooLarge(let limit): "The descriptor is larger than \(limit). Shorten it."
        case .missing: "This is missing. Add it."
        case .wrongKind(let expected, let found): "This should be \(expected), and is \(found)."
        case .unknownProperty: "Almanac knows no such property. Correct its name or drop it."
        case .notIdentifier(let name):
            "\(quoted(name)) cannot be a name. Use a lower-case letter, then lower-case letters, digits and underscores, at most 63, "
                + "and none of id, rowid, oid, stream, sequence, nor anything that begins with sqlite_, almanac_ or schema_."
        case .repeatedName(let name): "The name \(quoted(name)) is there twice. Rename one."
        case .repeatedID(let id): "The id \(id) is there twice. Give each its own, or leave it out."
        case .outOfRange(let value, let lowest, let highest):
            "\(quoted(value)) is not a whole number from \(lowest) to \(highest)."
        case .notStreamName(let name):
            "\(quoted(name)) is not the name of a stream. Use lower-case letters, digits and hyphens, parts joined by /, at most four."
        case .notStreamPattern(let pattern): "\(quoted(pattern)) is not a pattern of streams. Use a stream's name, name/* or *."
        case .tooManyFields(let limit): "There are more than \(limit) fields. Split the resource."
        default: nil
        }
    }

    private var fileSentence: String? {
        switch self {
        case .severalFiles: "A resource in several files is not read. Join them into one file."
        case .inlineData: "Data within the descriptor is not read. Put it into a CSV file and name that as path."
        case .remoteFile(let path): "\(quoted(path)) is an address. Fetch the file into the package's folder and name it there."
        case .unsafePath(let path):
            "\(quoted(path)) is not a plain path inside the package. Use names joined by /, without a leading /, . and .. ."
        case .outsidePackage(let path): "\(quoted(path)) is a link that leaves the package's folder. Put the file itself there."
        case .notRegularFile(let path): "\(quoted(path)) is not a file. Name a CSV file."
        case .unsupportedEncoding(let encoding): "The encoding \(quoted(encoding)) is not read. Convert the file to UTF-8."
        case .unsupportedFileFormat(let format): "The format \(quoted(format)) is not read. Convert the file to CSV."
        case .compressed: "Compressed files are not read. Unpack the file and drop this."
        case .separateFile: "A description in a file of its own is not read. Put it here."
        case .unsupportedDialect(let reason): "This dialect is not read: \(reason)."
        default: nil
        }
    }

    private var fieldSentence: String? {
        switch self {
        case .unsupportedType(let type):
            "The type \(quoted(type)) cannot be kept. Use string, number, integer, boolean, date, datetime, year or array."
        case .unsupportedFormat(let format, let type):
            "The format \(quoted(format)) of a \(type) is not checked by Almanac. Drop it, or say it as constraints.pattern."
        case .unsupportedSyntax: "Numbers are read with a decimal point and nothing else. Rewrite the values and drop this."
        case .unsupportedConstraint(let type): "This constraint is not kept for a field of type \(type). Drop it."
        case .constraintValue(let value, let type): "\(quoted(value)) is not a value of type \(type)."
        case .emptyRange: "No value can be at least the minimum and at most the maximum. Correct one of them."
        case .pattern(let reason): "The pattern is not read: \(VisibleText.shortened(reason, limit: 200))."
        case .mergeRule(let rule, let allowed): "\(quoted(rule)) is no merge rule of this field. Use \(allowed)."
        case .acyclic(let name):
            "The field \(quoted(name)) does not refer to its own table, so its references make no circles. Drop this."
        case .partitionType(let type):
            "A field of type \(type) cannot tell streams apart. Use a string, integer, year or boolean."
        case .fieldsMatch(let rule): "\(quoted(rule)) is not supported: every field needs its column. Use exact or equal."
        default: nil
        }
    }

    private var mappingSentence: String? {
        switch self {
        case .documentKind(let kind, let expected):
            "\(quoted(kind)) is not what is expected here. This should be \(quoted(expected))."
        case .mappingFile(let name):
            "\(quoted(name)) is not the name of a file beside this one. Use lower-case letters, digits and hyphens, and .json."
        case .template(let text):
            "\(quoted(text)) is not read. Within braces use year, value, subject or column:NAME; in the name of a column year, once."
        case .yearsTwice: "The figures have a place already. Use years.columns, or years.order and value."
        default: nil
        }
    }

    private var keySentence: String {
        switch self {
        case .noPrimaryKey: "A record needs a key. Name one string field as primaryKey."
        case .compositeKey: "A key of several fields is not kept. Add a field that holds one readable key."
        case .unknownField(let name): "There is no field \(quoted(name)). Correct the name or add the field."
        case .keyIsNoText(let name): "The key \(quoted(name)) is not a string. Make its type string, without a format."
        case .unknownResource(let name):
            "There is no resource \(quoted(name)) in this package. Correct the name or add the resource."
        case .notThePrimaryKey(let field, let resource, let key):
            "\(quoted(field)) is not the primary key of \(quoted(resource)). Refer to \(quoted(key))."
        case .secondForeignKey(let name): "The field \(quoted(name)) has two foreign keys. Keep one."
        case .referenceIsNoText(let name):
            "The field \(quoted(name)) refers to a key and is not a string. Make its type string, without a format."
        default: ""
        }
    }

    private func quoted(_ text: String) -> String { VisibleText.quoted(text) }
}
