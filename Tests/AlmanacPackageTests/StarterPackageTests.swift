import AlmanacModel
import AlmanacPackage
import Testing

/// The package that ships.
@Suite struct StarterPackageTests {
    @Test func isValidAndDescribed() throws {
        let starter = try StarterPackage.read()
        let streams = ["rankings", "statements", "figures", "companies", "investments"]
        #expect(starter.package.openStreams.map(\.description).sorted() == streams.sorted())
        #expect(starter.package.properties?.string.contains("CC-BY-4.0") == true)
        for resource in starter.package.resources {
            #expect(resource.id != nil && resource.title?.isEmpty == false && resource.description?.isEmpty == false)
            for field in resource.fields {
                #expect(
                    field.id != nil && field.title?.isEmpty == false && field.description?.isEmpty == false,
                    "\(resource.name).\(field.name)")
            }
        }
        #expect(starter.collections.map(\.id.rawValue) == Array(16...49))
    }

    @Test func everythingIsThere() throws {
        let starter = try StarterPackage.read()
        let counts = starter.rows.mapValues(\.count)
        #expect(counts["economies"] == 249 && counts["clusters"] == 67 && counts["cluster_ranks"] == 123)
        #expect(counts["cluster_counts"] == 29 && counts["economy_ranks"] == 28)
        #expect(counts["statements"] == 417 && counts["hubs"] == 31 && counts["company_figures"] == 4755)
        #expect(counts.values.allSatisfy { $0 > 0 } && counts.count == 34)
    }

    @Test func everyReferenceLeadsSomewhere() throws {
        let starter = try StarterPackage.read()
        for collection in starter.collections {
            for field in collection.fields {
                guard let target = field.type.referencedCollection.flatMap(starter.schema.collection) else { continue }
                let known = starter.rows[target.name.rawValue] ?? [:]
                for (key, row) in starter.rows[collection.name.rawValue] ?? [:] {
                    guard case .key(let wanted)? = row[field.id] else { continue }
                    #expect(known[wanted] != nil, "\(collection.name) \(key.string) \(field.name): \(wanted.string)")
                }
            }
        }
    }

    @Test func ranksAreAsPrinted() throws {
        let starter = try StarterPackage.read()
        func value(_ key: String, _ field: String) throws -> ImportValue {
            try starter.value(field, of: key, in: "cluster_ranks")
        }
        #expect(try value("gii-2025/shenzhen-hong-kong-guangzhou", "pct_applications") == .value(.integer(117_542)))
        #expect(try value("gii-2025/shenzhen-hong-kong-guangzhou", "share_publications") == decimal("2.4"))
        #expect(try value("gii-2025/tokyo-yokohama", "share_publications") == .absent)
        #expect(try value("gii-2025/cambridge", "rank") == .absent)
        #expect(try value("gii-2025/cambridge", "intensity_rank") == .value(.integer(2)))
        #expect(try value("gii-2023/beijing", "rank_change") == .value(.integer(-1)))
        #expect(try value("gii-2023/tehran", "share_pct_filings") == .value(.decimal(.zero)))
        #expect(try value("gii-2023/boston-cambridge", "name_printed") == .value(.text(Text("Boston–Cambridge, MA"))))
        #expect(try value("gii-2025/tokyo-yokohama", "cluster") == .key(Text("tokyo-yokohama")))
    }

    @Test func figuresAreAsPrinted() throws {
        let starter = try StarterPackage.read()
        func figure(_ key: String, in collection: String = "observations") throws -> ImportValue {
            try starter.value("value", of: key, in: collection)
        }
        #expect(try figure("fact/002-029") == decimal("10.3"))
        #expect(try figure("ncses-8110/california/us-rd-all/2020") == decimal("217976"))
        #expect(try figure("ncses-10558/world/total") == decimal("4031717"))
        #expect(try figure("fact/004-043", in: "investments") == decimal("34"))
        #expect(try starter.decimal("amount", of: "fact/004-043", in: "investments") == ExactDecimal("34000000000"))
        #expect(try starter.text("currency", of: "fact/004-043", in: "investments") == "JPY")
        #expect(try figure("heartland-bioworks/implementation", in: "awards") == decimal("51"))
        #expect(try starter.text("name", of: "tw", in: "economies") == "Taiwan")
        let residue = "341.87539400000003"
        let noted = starter.rows["company_figures"]?.keys.filter { key in
            (try? starter.text("note", of: key.string, in: "company_figures").contains(residue)) == true
        }
        let company = try #require(noted?.first)
        #expect(try starter.decimal("rd", of: company.string, in: "company_figures") == ExactDecimal("341.875394"))
    }

    private func decimal(_ text: String) throws -> ImportValue { .value(.decimal(try #require(ExactDecimal(text)))) }
}
