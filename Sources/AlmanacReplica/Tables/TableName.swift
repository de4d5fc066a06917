import AlmanacModel

/// The names of the tables and columns below the views. They come from numbers alone, so that nothing from a data package ever
/// becomes part of them and a renamed field changes a view, not a table.
enum TableName {
    static let recordsPrefix = "almanac_c"

    static func records(_ collection: CollectionID) -> String { "\(recordsPrefix)\(collection)" }

    static func column(_ field: FieldID) -> String { "f\(field)" }

    static func index(_ collection: CollectionID, _ field: FieldID) -> String { "almanac_c\(collection)_f\(field)" }
}
