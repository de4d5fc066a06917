import AlmanacModel
import Foundation

extension GeneratedDataset {
    /// Writes the dataset as a data package: `datapackage.json`, `organisations.csv`, `deals.csv`.
    public func writePackage(to folder: URL) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(Self.descriptor().utf8).write(to: folder.appending(path: "datapackage.json"))
        let organisations = (0..<organisationCount).map { Self.row(organisation($0)) }
        try Self.writeCSV(Self.organisations(), organisations, to: folder.appending(path: "organisations.csv"))
        try writeDeals(0..<dealCount, revision: 0, to: folder.appending(path: "deals.csv"))
    }

    /// Writes some deals in a revision, as a CSV file for `almanacd import --table deals`.
    public func writeDeals(_ numbers: Range<Int>, revision: UInt64, to file: URL) throws {
        try Self.writeCSV(Self.deals(), numbers.map { Self.row(deal($0, revision: revision)) }, to: file)
    }

    private static func row(_ organisation: Organisation) -> [String] {
        [organisation.key, organisation.name, organisation.country, text(organisation.founded)]
    }

    private static func row(_ deal: Deal) -> [String] {
        let organisation = "org-\(Digits.six(deal.organisation + 1))"
        return [
            deal.key, deal.name, organisation, deal.kind, text(deal.amount), deal.currency, text(deal.announced),
            deal.updated.description, String(deal.investors), deal.note ?? "",
        ]
    }

    private static func text(_ value: (some CustomStringConvertible)?) -> String { value?.description ?? "" }

    private static func writeCSV(_ table: Table, _ rows: [[String]], to file: URL) throws {
        let lines = [table.columns.map(\.name)] + rows
        // Generated text has commas, but no quotation marks and no line ends.
        let csv = lines.map { $0.map { $0.contains(",") ? "\"\($0)\"" : $0 }.joined(separator: ",") + "\n" }.joined()
        try Data(csv.utf8).write(to: file)
    }

    private static func descriptor() throws -> String {
        let resources = try [
            describe(organisations(), references: [:]), describe(deals(), references: ["organisation": organisations()]),
        ]
        return """
            {"name": "generated", "title": "A generated dataset", "almanac:openStreams": ["deals"],
            "resources": [\(resources.joined(separator: ",\n"))]}
            """
    }

    private static func describe(_ table: Table, references: [String: Table]) -> String {
        let foreignKeys = references.map {
            #"{"fields": "\#($0)", "reference": {"resource": "\#($1.name)", "fields": "key"}}"#
        }
        return """
            {"name": "\(table.name)", "path": "\(table.name).csv", "format": "csv", "encoding": "utf-8",
            "almanac:id": \(table.collection), "almanac:stream": "\(table.stream)",
            "schema": {"primaryKey": "key", "foreignKeys": [\(foreignKeys.joined(separator: ", "))],
            "fields": [\(table.columns.map(describe).joined(separator: ",\n"))]}}
            """
    }

    private static func describe(_ column: Column) -> String {
        var constraints: [String] = []
        if column.isRequired { constraints.append(#""required": true"#) }
        if column.number == 1 { constraints.append(#""unique": true"#) }
        return """
            {"name": "\(column.name)", "type": "\(packageType(column.type))", "almanac:id": \(column.number), \
            "constraints": {\(constraints.joined(separator: ", "))}}
            """
    }

    private static func packageType(_ type: FieldType) -> String {
        switch type {
        case .integer: "integer"
        case .decimal: "number"
        case .date: "date"
        case .instant: "datetime"
        default: "string"
        }
    }
}
