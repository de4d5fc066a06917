import AlmanacModel
import AlmanacPackage
import AlmanacReplica
@testable import AlmanacServer
import Foundation
import Testing

/// The mappings that ship, with the schema of the starter package and tables of the right shape whose figures are invented.
@Suite struct ShippedMappingTests {
    private static let dataset = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Sources/AlmanacDataset")
    private static let mappings = dataset.appendingPathComponent("Mappings")

    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let header: String
        /// The same figure stands in every year.
        let rows: [String]
        let years: ClosedRange<Int>
        /// A key of a row that has to be there, and its figure.
        let key: String
        let value: String
        var testDescription: String { name }

        var csv: String {
            let years = years.map { header.contains("full_path") ? "field_\($0)" : "\($0)" }
            let figures = { (figure: Substring) in Array(repeating: String(figure), count: years.count).joined(separator: ",") }
            let lines = rows.map { row in
                let parts = row.split(separator: "|")
                return "\(parts[0]),\(figures(parts[1]))"
            }
            return ("\(header),\(years.joined(separator: ","))\n") + lines.joined(separator: "\n") + "\n"
        }
    }

    private static let unctad = [
        "1,region,World|11.25", "2,region,European Union|-0", "5,country,\"Bolivia, Plurinational State of\"|-3.75",
        "5,country,China|7",
        "6,country,Czechoslovakia (former)|1", "6,country,São Tomé and Principe|0.125",
    ]

    private static let wide: [Case] =
        [(2_024, 2_023), (2_025, 2_024)].flatMap { edition, last in
            ["inflows", "outflows"].map { direction in
                Case(
                    name: "unctad-wir-\(edition)-\(direction)", header: "level,type,Region/economy", rows: unctad,
                    years: 1_990...last,
                    key: "fdi-\(direction)/economy/bo/2001/wir-\(edition)", value: "-3.75")
            }
        } + [
            Case(
                name: "ncses-10578",
                header: "table_id,row_id,region_country_or_economy_full_path,region_country_or_economy_level_1,"
                    + "region_country_or_economy_level_2,region_country_or_economy_hierarchy_depth",
                rows: [
                    "1,r1,Total,Total,,1|3", "1,r2,Total -> United Kingdom<sup>a</sup>,Total,United Kingdom<sup>a</sup>,2|2",
                    "1,r3,Total -> EU-27<sup>b</sup>,Total,x,2|1", "1,r4,Total -> Rest of Asia,Total,x,2|0",
                ],
                years: 2_003...2_022, key: "vc-invested/economy/gb/2022/ncses-10578", value: "2"),
            Case(
                name: "ncses-10579",
                header: "table_id,row_id,u_s_states_full_path,u_s_states_level_1,u_s_states_level_2,u_s_states_hierarchy_depth",
                rows: ["1,r1,Total,Total,,1|9", "1,r2,Total -> Georgia,Total,Georgia,2|4", "1,r3,Total -> Guam,Total,Guam,2|0"],
                years: 2_003...2_022, key: "firms-receiving-vc/place/georgia/2003/ncses-10579", value: "4"),
        ]
        + [("6208", "vc-raised-ai"), ("6211", "vc-raised-biotechnology")].map { table, indicator in
            Case(
                name: "ncses-\(table)",
                header: "table_id,row_id,country_or_region_full_path,country_or_region_level_1,country_or_region_level_2,"
                    + "country_or_region_level_3,country_or_region_hierarchy_depth",
                rows: [
                    "1,r1,Total,Total,,,1|3", "1,r2,Total -> Asia -> China,Total,Asia,China,3|1.5",
                    "1,r3,Total -> Oceania,Total,x,,2|NA",
                ],
                years: 2_000...2_020, key: "\(indicator)/economy/cn/2020/ncses-\(table)", value: "1.5")
        }

    @Test(arguments: wide) func tablesWithYearColumnsImport(_ table: Case) throws {
        let dataset = try Self.starter()
        let summary = try imported(table.csv, by: table.name, into: dataset)
        let present = table.rows.count { !$0.hasSuffix("|NA") }
        #expect(summary.tables.last == .of("observations", created: present * table.years.count))
        #expect(try dataset.record(table.key, in: "observations")?["value"] == .decimal(try #require(ExactDecimal(table.value))))
        #expect(try dataset.store.check().findings.isEmpty)
    }

    @Test func tablesWithImpliedYearsImport() throws {
        let dataset = try Self.starter()
        var csv = "table_id,row_id,time_period,value\n"
        for (path, group) in [
            ("World", "na"), ("World -> Africa -> C&#244;te d&#8217;Ivoire", "Low"),
            ("\"World -> Europe -> Other Europe, 2020\"", "na"),
        ] {
            csv += "1,r,\(path),\(group)\n"
            for year in 2_003...2_022 { csv += "1,r,\(path),\(year == 2_010 ? "na" : "\(year - 2_000).50")\n" }
        }
        let summary = try imported(csv, by: "ncses-9970", into: dataset)
        #expect(summary.tables.last == .of("observations", created: 3 * 19))
        let record = try dataset.record("se-articles/economy/ci/2022/ncses-9970", in: "observations")
        #expect(record?["value"] == .decimal(try #require(ExactDecimal("22.5"))))
        #expect(record?["year"] == .integer(2_022) && record?["period"] == .text("2022"))
    }

    @Test func everyMappingIsTried() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.mappings.path).filter { $0.hasSuffix(".json") }
        let names = files.map { $0.replacing(".json", with: "") }.filter { !$0.hasSuffix("-names") }
        #expect(Set(names) == Set(Self.wide.map(\.name) + ["ncses-9970"]))
        let documented = try String(contentsOf: Self.mappings.appendingPathComponent("README.md"), encoding: .utf8)
        for name in names { #expect(documented.contains("`\(name)`"), "\(name)") }
    }

    private func imported(_ csv: String, by name: String, into dataset: TestDataset) throws -> ImportSummary {
        let mapping = try Mapping.read(at: Self.mappings.appendingPathComponent("\(name).json").path)
        let path = try dataset.folder.write(csv, to: "table.csv")
        return try dataset.importer.importTable(at: path, by: mapping, dataset.circumstances())
    }

    // MARK: The starter package, with a few rows

    private static let rows: [String: String] = [
        "subjects": """
        key,kind,name
        economy/bo,economy,Bolivia
        economy/ci,economy,Côte d’Ivoire
        economy/cn,economy,China
        economy/gb,economy,UK
        economy/ge,economy,Georgia
        economy/gu,economy,Guam
        economy/st,economy,São Tomé & Príncipe
        economy/us,economy,US
        place/georgia,place,Georgia

        """,
        "economies": """
        key,code,name,subject
        bo,BO,Bolivia,economy/bo
        ci,CI,Côte d’Ivoire,economy/ci
        cn,CN,China,economy/cn
        ge,GE,Georgia,economy/ge

        """,
        "places": "key,name,kind,economy,subject\ngeorgia,Georgia,state,,place/georgia\n",
    ]

    /// The schema of the starter package with some rows of its own.
    private static func starter() throws -> TestDataset {
        let dataset = try TestDataset()
        let json = try Data(contentsOf: Self.dataset.appendingPathComponent("Package/datapackage.json"))
        let package = try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
        try dataset.folder.write(String(decoding: json, as: UTF8.self), to: "starter/datapackage.json")
        for resource in try #require(package["resources"] as? [[String: Any]]) {
            let schema = try #require(resource["schema"] as? [String: Any])
            let fields = try #require(schema["fields"] as? [[String: Any]])
            let header = fields.compactMap { $0["name"] as? String }.joined(separator: ",")
            try dataset.folder.write(header + "\n", to: "starter/\(try #require(resource["path"] as? String))")
        }
        _ = try dataset.importer.importPackage(at: dataset.folder.path + "/starter", dataset.circumstances())
        for table in ["subjects", "economies", "places"] { try dataset.importCSV(rows[table] ?? "", into: table) }
        return dataset
    }
}
