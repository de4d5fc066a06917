import AlmanacClient
import AlmanacModel
import AlmanacReplica
import AlmanacRules
import Testing

/// An annotation remembers what its author saw, and says when that is no longer so.
@Suite struct AnchorTests {
    private struct Scene {
        let records: MemoryRecords

        init() throws { records = try MemoryRecords.sample() }

        /// Writes a note, and returns what it is about.
        func note(on target: String, field: String? = nil) throws -> Anchor {
            let authoring = try records.authoring()
            let annotation = try NewAnnotation(
                .note, of: TargetFinder(records, names: TargetNames(collections: ["clusters"])).find(target, field: field),
                for: try #require(TeamName("apac")), in: authoring)
            try records.make(annotation.proposal("text", authoring, id: .fresh(), now: SystemClock.now()))
            let book = try AnnotationBook(records.authoring())
            return try #require(book.all.last?.anchor)
        }

        func state(of anchor: Anchor, _ subscription: Subscription = .all) throws -> AnchorState {
            try AnchorReader(records, subscription).state(of: anchor)
        }

        func share(_ share: String?, at sequence: UInt64) throws {
            var values: [UInt64: Value] = [1: .text("2025/tokyo"), 2: .reference(try #require(RecordID(1)))]
            if let share { values[3] = .decimal(try #require(ExactDecimal(share))) }
            try records.put(MemoryRecords.id(MemoryRecords.ranks, 7), at: sequence, values)
        }
    }

    @Test func aFieldThatIsRevisedSaysWhatBecameOfIt() throws {
        let scene = try Scene()
        let anchor = try scene.note(on: "ranks/7", field: "share")
        #expect(anchor.seen == "10.3")
        #expect(anchor.name == "ranks/2025/tokyo")
        #expect(try scene.state(of: anchor) == .current)
        try scene.share("9.9", at: 8)
        #expect(try scene.state(of: anchor).sentence(of: anchor) == "the value has changed since: 10.3 became 9.9")
        try scene.share(nil, at: 9)
        #expect(try scene.state(of: anchor).sentence(of: anchor) == "the value has changed since: 10.3 became nothing")
        try scene.share("10.3", at: 10)
        #expect(try scene.state(of: anchor) == .current)
    }

    @Test func aFieldThatWasEmptySaysSoToo() throws {
        let scene = try Scene()
        try scene.share(nil, at: 6)
        let anchor = try scene.note(on: "ranks/7", field: "share")
        #expect(anchor.seen == nil)
        #expect(try scene.state(of: anchor) == .current)
        try scene.share("9.9", at: 8)
        #expect(try scene.state(of: anchor).sentence(of: anchor) == "the value has changed since: nothing became 9.9")
    }

    @Test func ofAWholeRecordTheFieldsAreNamedAndReferencesAreKeys() throws {
        let scene = try Scene()
        let anchor = try scene.note(on: "ranks/7")
        #expect(anchor.seen == #"{"cluster":"cluster/tokyo","key":"2025/tokyo","share":"10.3"}"#)
        try scene.records.put(
            MemoryRecords.id(MemoryRecords.ranks, 7), at: 8, [1: .text("2025/tokyo"), 2: .reference(try #require(RecordID(2)))])
        #expect(
            try scene.state(of: anchor).sentence(of: anchor)
                == "the record has changed since: cluster: cluster/tokyo became cluster/seoul; share: 10.3 became nothing")
    }

    @Test func aRecordThatIsTooLargeToBeRememberedIsToldByItsLastChange() throws {
        let scene = try Scene()
        let story = String(repeating: "x", count: 9_000)
        try scene.records.put(MemoryRecords.id(MemoryRecords.notes, 9), at: 6, [1: .text(Text(story))])
        let anchor = try scene.note(on: "notes/9")
        #expect(anchor.seen == nil)
        #expect(anchor.seenSequence == Sequence(6))
        #expect(try scene.state(of: anchor) == .current)
        try scene.records.put(MemoryRecords.id(MemoryRecords.notes, 9), at: 7, [1: .text(Text(story + "y"))])
        #expect(try scene.state(of: anchor) == .revised)
    }

    @Test func anOrphanSaysWhatItWas() throws {
        let scene = try Scene()
        let anchor = try scene.note(on: "cluster/tokyo")
        scene.records.remove(try MemoryRecords.id(MemoryRecords.clusters, 1))
        #expect(try scene.state(of: anchor) == .gone)
        #expect(try scene.state(of: anchor).sentence(of: anchor) == "the record is gone; it was cluster/tokyo")
    }

    @Test func whatIsNotWantedHereIsNotCalledGone() throws {
        let scene = try Scene()
        let anchor = try scene.note(on: "ranks/7", field: "share")
        scene.records.remove(try MemoryRecords.id(MemoryRecords.ranks, 7))
        #expect(try scene.state(of: anchor, Subscription([])) == .elsewhere)
        #expect(try scene.state(of: anchor) == .gone)
    }

    @Test func theDifferenceOfLongTextsIsCut() {
        let difference = ValueDifference(field: "text", seen: String(repeating: "a", count: 500), now: "b c")
        #expect(difference.text.count < 120)
        #expect(difference.text.hasSuffix("became “b c”"))
    }

    @Test func whatAnotherProgramRememberedInNumbersIsTheSame() throws {
        let scene = try Scene()
        _ = try scene.note(on: "ranks/7")
        let name = try #require(scene.records.records(of: AnnotationSchema.collection).first)
        let values = name.values.map { field in
            field.field == AnnotationSchema.seen
                ? ProposedField(
                    field.field, .text(#"{"cluster":"cluster/tokyo","key":"2025/tokyo","share":10.3,"no_such_field":null}"#))
                : field
        }
        scene.records.replace(
            WorkingRecord(name: name.name, stream: name.stream, sequence: .zero, values: values, isPending: true))
        let anchor = try #require(AnnotationBook(scene.records.authoring()).all.last?.anchor)
        #expect(try scene.state(of: anchor) == .current)
    }
}
