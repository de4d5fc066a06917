import AlmanacModel
import AlmanacRules
import Testing

@Suite struct AnnotationRulesTests {
    private typealias Schema = AnnotationSchema
    private let collection = AnnotationSchema.collection

    private func values(_ changes: [FieldID: Value?] = [:]) -> [FieldValue] {
        let note = [FieldValue(Schema.kind, "note"), FieldValue(Schema.text, "Fund II closed")]
        return note.patched(by: changes.map { PatchedField($0.key, $0.value) })
    }

    private func reply(_ changes: [FieldID: Value?] = [:]) throws -> [FieldValue] {
        values(changes.merging([Schema.parent: .reference(try #require(RecordID(4)))]) { $1 })
    }

    private func violation(_ values: [FieldValue]) -> RuleViolation? {
        do throws(RuleViolation) { try AnnotationRules.check(values) } catch { return error }
        return nil
    }

    private func makingViolation(
        _ values: [FieldValue], in stream: String = "team/apac", parentIn parent: String? = nil
    ) throws -> RuleViolation? {
        let (stream, parent) = (try #require(StreamName(stream)), parent.flatMap { StreamName($0) })
        do throws(RuleViolation) {
            try AnnotationRules.checkMaking(values, in: stream, parentIn: parent)
        } catch {
            return error
        }
        return nil
    }

    private func field(_ changes: [FieldID: Value?]) -> [FieldID: Value?] {
        let target: [FieldID: Value?] = [
            Schema.targetCollection: .integer(16), Schema.targetRecord: .integer(5), Schema.targetField: .integer(3),
        ]
        return target.merging(changes) { $1 }
    }

    @Test func whatPeopleWriteIsValid() throws {
        #expect(try makingViolation(values()) == nil)
        #expect(
            try makingViolation(values([Schema.state: "open", Schema.tags: .textSet(TextSet(["deal", "fund-ii", "é"]))])) == nil)
        #expect(try makingViolation(values(field([Schema.targetField: Value?.none]))) == nil, "on a record")
        #expect(try makingViolation(values(field([Schema.seen: "10.3", Schema.seenSequence: .integer(9)]))) == nil, "on a field")
        #expect(try makingViolation(reply(), parentIn: "team/apac") == nil)
        for kind in AnnotationKind.allCases where kind != .correction {
            #expect(violation(values([Schema.kind: kind.value])) == nil)
        }
        for state in AnnotationState.allCases { #expect(violation(values([Schema.state: state.value])) == nil) }
    }

    @Test func kindsAndStatesAreWhatTheyAre() throws {
        let kinds = RuleViolation.notAmong(collection, Schema.kind, ["note", "question", "flag", "correction"])
        for kind in [nil, "Note", "", "opinion"] as [Value?] { #expect(violation(values([Schema.kind: kind])) == kinds) }
        let states = RuleViolation.notAmong(collection, Schema.state, ["open", "resolved", "accepted"])
        for state in ["Open", "", "closed"] as [Value] { #expect(violation(values([Schema.state: state])) == states) }
        for state in ["resolved", "accepted"] as [Value] {
            #expect(try makingViolation(values([Schema.state: state])) == .notAmong(collection, Schema.state, ["open"]))
        }
    }

    @Test func threat20_textsAreNeitherBlankNorTooLong() {
        #expect(violation(values([Schema.text: Value?.none])) == .missing(collection, Schema.text))
        for text in ["", " ", "\n\t\r\n", "\u{a0}\u{2003}"] as [Value] {
            #expect(violation(values([Schema.text: text])) == .blank(collection, Schema.text))
        }
        let longest = String(repeating: "x", count: 65_536)
        #expect(violation(values([Schema.text: .text(Text(longest))])) == nil)
        #expect(
            violation(values([Schema.text: .text(Text(longest + "x"))])) == .tooLong(collection, Schema.text, maximum: 65_536))
        let both = values([Schema.text: .text(Text(longest)), Schema.source: .text(Text(longest))])
        #expect(violation(both) == .tooLarge(collection, maximum: 130_048), "a record that no window could carry")
    }

    @Test func tagsAreShortWords() {
        func tags(_ tags: [Text]) -> RuleViolation? { violation(values([Schema.tags: .textSet(TextSet(tags))])) }
        let longest = Text(String(repeating: "x", count: 64))
        #expect(tags([longest]) == nil)
        for tag in ["", "two words", "a\tb", "a\u{a0}b", "a\nb", "a\u{1b}b", "\u{7f}", "a\u{9b}b", Text(longest.string + "x")]
            as [Text]
        {
            #expect(tags(["good", tag]) == .malformed(collection, Schema.tags, tag), "\(tag)")
        }
        #expect(tags((1...64).map { Text("t\($0)") }) == nil)
        #expect(tags((1...65).map { Text("t\($0)") }) == .tooMany(collection, Schema.tags, maximum: 64))
    }

    @Test func whatTheAuthoritySetsIsNotProposed() throws {
        let id = try #require(UniqueID(bytes: [UInt8](repeating: 1, count: 16)))
        let proposed: [FieldID: Value] = [
            Schema.uuid: .uuid(id), Schema.author: "lea", Schema.created: .instant(Instant(clamping: 0)),
            Schema.edited: .instant(Instant(clamping: 0)), Schema.mentions: .textSet(TextSet(["kim"])), Schema.closedBy: "lea",
        ]
        #expect(Set(proposed.keys) == AnnotationRules.derived)
        for (field, value) in proposed {
            #expect(try makingViolation(values([field: value])) == .notSettable(collection, field))
        }
    }

    @Test func repliesHaveWhatTheirThreadHas() throws {
        let proposed: [FieldID: Value] = [
            Schema.state: "open", Schema.targetCollection: .integer(16), Schema.targetRecord: .integer(1),
            Schema.targetField: .integer(1), Schema.targetName: "tokyo", Schema.seen: "1", Schema.seenSequence: .integer(1),
            Schema.closedBy: "lea",
        ]
        #expect(Set(proposed.keys) == Set(AnnotationRules.ofThread))
        for (field, value) in proposed { #expect(try violation(reply([field: value])) == .notInReply(field)) }
        #expect(try violation(reply([Schema.kind: "correction"])) == .missing(collection, Schema.targetField))
    }

    @Test func threat13_repliesStandInTheirThreadsStream() throws {
        let apac = try #require(StreamName("team/apac"))
        #expect(try makingViolation(reply(), in: "team/emea", parentIn: "team/apac") == .replyElsewhere(apac))
        let (id, values) = (try #require(RecordID(9)), try reply())
        let record = try #require(Record(collection: collection, id: id, sequence: Sequence(1), values: values))
        #expect(throws: RuleViolation.replyElsewhere(apac)) { try AnnotationRules.checkMoving(record, from: apac) }
        let thread = try #require(Record(collection: collection, id: id, sequence: Sequence(1), values: self.values()))
        #expect(throws: Never.self) { try AnnotationRules.checkMoving(thread, from: apac) }
    }

    @Test func targetsAreWhole() {
        let (target, record, number) = (Schema.targetCollection, Schema.targetRecord, Schema.targetField)
        #expect(violation(values([target: .integer(16)])) == .needs(collection, target, with: record))
        #expect(violation(values([record: .integer(16)])) == .needs(collection, record, with: target))
        #expect(violation(values([number: .integer(16)])) == .needs(collection, number, with: record))
        for (field, wrong) in [
            (target, [0, -1, 65_536, .max, .min]), (record, [0, -1, .min]), (number, [0, -1, 1_025, .max, .min]),
            (Schema.seenSequence, [-1, .min]),
        ] as [(FieldID, [Int64])] {
            for value in wrong {
                #expect(violation(values(self.field([field: .integer(value)]))) == .noSuchNumber(collection, field), "\(value)")
            }
        }
    }

    @Test func correctionsProposeAValueForAField() {
        func correction(_ changes: [FieldID: Value?]) -> RuleViolation? {
            violation(values(field([Schema.kind: "correction"]).merging(changes) { $1 }))
        }
        #expect(correction([Schema.correction: "9.9", Schema.source: "https://example.org"]) == nil)
        #expect(correction([:]) == .missing(collection, Schema.correction))
        #expect(
            correction([Schema.correction: "9.9", Schema.targetField: Value?.none]) == .missing(collection, Schema.targetField))
    }

    @Test func fieldsAreKnownAndOfTheirType() throws {
        let unknown = try #require(FieldID(200))
        #expect(violation(values([unknown: "x"])) == .unknownField(collection, unknown))
        #expect(violation(values([Schema.tags: "x"])) == .wrongType(collection, Schema.tags))
        #expect(violation(values([Schema.text: .integer(1)])) == .wrongType(collection, Schema.text))
        #expect(violation(values([Schema.parent: .integer(1)])) == .wrongType(collection, Schema.parent))
    }
}
