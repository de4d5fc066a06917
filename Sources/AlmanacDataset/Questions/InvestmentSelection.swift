import AlmanacReplica
import Foundation

/// The investments that fit a filter.
struct InvestmentSelection {
    let rows: [DatasetRow]
    let notes: [String]

    init(_ filter: InvestmentsQuestion.Filter, in dataset: DatasetReader) throws {
        let names = try SubjectNames(dataset)
        let places = try filter.place.map { try Self.places($0, names, dataset) }
        let organisation = try filter.organisation.map { try names.find($0, kinds: [.organisation, .hub, .programme]) }
        let programme = try filter.programme.map { try Self.programme($0, names, dataset) }
        let economy = try filter.economy.map { try Economy.find($0, in: dataset) }
        let kind = try filter.kind.map { try Self.kind($0, dataset) }
        let currency = try filter.currency.map { try Self.currency($0, dataset) }
        let found = try dataset.rows(
            """
            SELECT *, CASE record WHEN 'award' THEN coalesce(recipient_name, investor_name)
                ELSE coalesce(investor_name || ' → ' || recipient_name, investor_name, recipient_name) END AS who
            FROM answer_investments
            WHERE (?1 IS NULL OR EXISTS (
                    SELECT 1 FROM json_each(?1) AS w
                    WHERE w.value = recipient OR EXISTS (SELECT 1 FROM json_each(places) AS p WHERE p.value = w.value)))
                AND (?2 IS NULL OR investor = ?2 OR recipient = ?2)
                AND (?3 IS NULL OR programme = ?3) AND (?4 IS NULL OR economy = ?4) AND (?5 IS NULL OR kind = ?5)
                AND (?6 IS NULL OR currency = ?6)
            ORDER BY scope <> 'project', currency IS NULL, currency, amount IS NULL, amount DESC, key
            """, try places.map(Self.json) ?? .null, organisation.map { .text($0.key) } ?? .null,
            programme.map { .text($0) } ?? .null, economy.map { .text($0.code) } ?? .null, kind.map { .text($0) } ?? .null,
            currency.map { .text($0) } ?? .null)
        let ofTechnology = filter.technology.map { technology in found.filter { Self.names(technology, $0) } } ?? found
        rows = filter.years.map { years in ofTechnology.filter { Self.overlaps(years, $0) } } ?? ofTechnology
        notes = Self.notes(filter, undated: ofTechnology.count { $0.integer("year") == nil })
    }

    private static func notes(_ filter: InvestmentsQuestion.Filter, undated: Int) -> [String] {
        var notes = [
            "Amounts are as stated, each in its currency; totals and averages stand beside single projects and may contain them."
        ]
        if filter.years != nil, undated > 0 {
            notes.append("\(undated) that would fit have no stated year and were left out.")
        }
        return notes
    }

    // MARK: What is asked for

    /// The place itself, what lies in it, and the places of a cluster.
    private static func places(_ name: String, _ names: SubjectNames, _ dataset: DatasetReader) throws -> [String] {
        let subject = try names.find(name, kinds: [.place, .cluster, .economy])
        let rows = try dataset.rows(
            """
            WITH RECURSIVE inside (id) AS (
                SELECT id FROM places WHERE subject = ?1
                UNION SELECT x.place_id FROM cluster_places AS x JOIN clusters AS c ON c.id = x.cluster_id WHERE c.subject = ?1
                UNION SELECT p.id FROM places AS p JOIN inside AS i ON p.within_id = i.id)
            SELECT ?1 AS subject UNION SELECT p.subject FROM inside AS i JOIN places AS p ON p.id = i.id
            """, .text(subject.key))
        return rows.compactMap { $0.text("subject") }
    }

    private static func programme(_ name: String, _ names: SubjectNames, _ dataset: DatasetReader) throws -> String {
        let subject = try names.find(name, kinds: [.programme])
        let row = try dataset.first("SELECT key FROM programmes WHERE subject = ?1", .text(subject.key))
        guard let key = row?.text("key") else { throw QuestionError.unknownName(name, kinds: "programme", near: []) }
        return key
    }

    private static func kind(_ name: String, _ dataset: DatasetReader) throws -> String {
        let kinds = try dataset.rows("SELECT DISTINCT kind FROM answer_investments ORDER BY kind").compactMap { $0.text("kind") }
        let asked = FoldedText(name)
        guard let kind = kinds.first(where: { FoldedText($0) == asked || FoldedText($0).initials == asked.text }) else {
            throw QuestionError.unknownName(name, kinds: "kind of investment", near: kinds)
        }
        return kind
    }

    private static func currency(_ code: String, _ dataset: DatasetReader) throws -> String {
        let codes = try dataset.rows(
            "SELECT DISTINCT currency FROM answer_investments WHERE currency IS NOT NULL ORDER BY currency"
        ).compactMap { $0.text("currency") }
        guard let found = codes.first(where: { $0 == code.uppercased() }) else {
            throw QuestionError.unknownName(code, kinds: "currency", near: codes)
        }
        return found
    }

    // MARK: What fits

    private static func json(_ texts: [String]) throws -> Answer.Cell {
        .text(String(decoding: try JSONEncoder().encode(texts), as: UTF8.self))
    }

    private static func names(_ technology: String, _ row: DatasetRow) -> Bool {
        FoldedText(row.text("technologies") ?? "").contains(FoldedText(technology))
    }

    private static func overlaps(_ years: ClosedRange<Int>, _ row: DatasetRow) -> Bool {
        guard let last = row.integer("year") else { return false }
        let first = row.integer("year_from") ?? last
        return first <= years.upperBound && last >= years.lowerBound
    }
}
