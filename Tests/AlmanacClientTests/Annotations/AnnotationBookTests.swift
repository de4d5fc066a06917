import AlmanacModel
import AlmanacReplica
import AlmanacRules
import Testing

@testable import AlmanacClient

@Suite struct AnnotationBookTests {
    @Test func repliesStandInTheirThreadByTimeAndTheLatestThreadIsFirst() throws {
        let scene = try AnnotationScene()
        let first = try scene.write("first", at: 1)
        let second = try scene.write("second", at: 2)
        let late = try scene.reply("late", to: first, at: 4)
        try scene.reply("early", to: first, at: 3)
        try scene.reply("to the reply", to: late, at: 5)
        let threads = try scene.book().threads
        #expect(threads.map(\.head.id) == [first, second])
        #expect(threads[0].replies.map(\.text) == ["early", "late", "to the reply"])
        #expect(threads[0].replies.allSatisfy { $0.state == nil && $0.isReply })
    }

    @Test func anIDIsFoundByAnyBeginningThatFitsOneAlone() throws {
        let scene = try AnnotationScene()
        let id = try scene.write("one")
        for _ in 0..<40 { try scene.write("another") }
        let book = try scene.book()
        let one = try book.find(id.description)
        #expect(one.text == "one")
        #expect(try book.find(book.shortID(of: one).uppercased()) == one)
        #expect(throws: WritingError.notAnID("xyz")) { try book.find("xyz") }
        // Of 41 ids, some two begin with the same of sixteen digits.
        let shared = try #require(
            "0123456789abcdef".first { digit in book.all.count { ShortID.digits(of: $0.id).first == digit } > 1 })
        let error = #expect(throws: WritingError.self) { try book.find(String(shared)) }
        #expect(error?.advice?.contains(" (note of lea)") == true)
    }

    @Test func whatGoesRoundInCirclesIsStillThere() throws {
        let scene = try AnnotationScene()
        let one = try scene.write("one")
        let two = try scene.reply("two", to: one)
        let names = scene.records.records(of: AnnotationSchema.collection)
        for (record, parent) in zip(names, [two, one]) {
            let parentField = ProposedField(AnnotationSchema.parent, .made(by: parent, index: 0))
            let values = record.values.filter { $0.field != AnnotationSchema.parent } + [parentField]
            scene.records.replace(
                .init(
                    name: record.name, stream: record.stream, sequence: .zero, values: values.sorted { $0.field < $1.field },
                    isPending: true))
        }
        #expect(try Set(scene.book().all.map(\.id)) == [one, two])
    }

    @Test func theFilterLooksIntoRepliesForPeopleTagsAndWords() throws {
        let scene = try AnnotationScene()
        let plain = try scene.write("plain", kind: .question, at: 1)
        let tagged = try scene.write(
            "thinking of @tom", on: "ranks/7", field: "share", tags: ["deal", "vc"], team: "emea", at: 2)
        try scene.reply("São Paulo", to: plain, at: 3)
        let anchors = AnchorReader(scene.records, .all)
        func found(_ change: (inout AnnotationFilter) -> Void) throws -> [UniqueID] {
            var filter = AnnotationFilter()
            change(&filter)
            return try filter.threads(scene.book(), anchors).map(\.head.id)
        }
        #expect(try found { _ in } == [plain, tagged])
        #expect(try found { $0.author = "tom" } == [plain])
        #expect(try found { $0.mentioned = "tom" } == [tagged])
        #expect(try found { $0.tags = ["deal", "vc"] } == [tagged])
        #expect(try found { $0.tags = ["deal", "no"] } == [])
        #expect(try found { $0.kind = "question" } == [plain])
        #expect(try found { $0.team = TeamName("emea") } == [tagged])
        #expect(try found { $0.matches = { $0.contains("São") } } == [plain])
        #expect(try found { $0.matches = { $0.contains("ranks/2025/tokyo") } } == [tagged])
        #expect(try found { $0.isStale = true } == [])
        try scene.records.put(MemoryRecords.id(MemoryRecords.ranks, 7), at: 9, [1: .text("2025/tokyo")])
        #expect(try found { $0.isStale = true } == [tagged])
        scene.records.remove(try MemoryRecords.id(MemoryRecords.ranks, 7))
        #expect(try found { $0.isOrphaned = true } == [tagged])
        #expect(try found { $0.isStale = true } == [])
    }

    @Test func whatRefersToASubjectIsAboutIt() throws {
        let scene = try AnnotationScene()
        let rank = try scene.write("on the rank", on: "ranks/7")
        let seoul = try scene.write("on another", on: "cluster/seoul")
        let related = RelatedRecords(scene.records, to: try MemoryRecords.id(MemoryRecords.clusters, 1))
        var filter = AnnotationFilter()
        filter.isAbout = { try related.contains($0.target) }
        let found = try filter.threads(scene.book(), AnchorReader(scene.records, .all)).map(\.head.id)
        #expect(found == [rank])
        #expect(!found.contains(seoul))
    }

    /// Somebody replied while the thread was deleted: the words are still here, and found.
    @Test func aReplyWhoseThreadIsGoneIsAnOrphan() throws {
        let scene = try AnnotationScene()
        let thread = try scene.write("thread", at: 1)
        let reply = try scene.reply("reply", to: thread, at: 2)
        let other = try scene.write("another", at: 3)
        let head = try scene.book().find(thread.description)
        scene.records.remove(head.name)
        let (book, authoring) = (try scene.book("tom"), try scene.records.authoring("tom"))
        let lost = try book.find(reply.description)
        #expect(book.hasLostThread(lost))
        #expect(try !book.hasLostThread(book.find(other.description)))
        var filter = AnnotationFilter()
        #expect(try filter.threads(book, AnchorReader(authoring)).map(\.head.id) == [other, reply])
        filter.isOrphaned = true
        let orphans = try filter.threads(book, AnchorReader(authoring))
        #expect(orphans.map(\.head.id) == [reply])

        let answer = try AnnotationAnswer(book, authoring).threads(orphans)
        let note = try #require(answer.columns.firstIndex { $0.name == "note" })
        #expect(answer.rows.map { $0[note] } == [.text("its thread was deleted")])
        #expect(try ThreadText(book, authoring).lines(#require(orphans.first)).contains("! its thread was deleted"))
        let notices = try NoticeFinder(authoring, book, OutboxBook([], at: nil)).all()
        #expect(notices.map(\.kind) == [.orphan])
        #expect(notices.first?.sentence.contains("its thread was deleted") == true)
        let others = try NoticeFinder(scene.records.authoring("ann"), scene.book("ann"), OutboxBook([], at: nil)).all()
        #expect(others.isEmpty)
    }

    @Test func aTextThatGoesOnIsMarkedInLists() throws {
        let scene = try AnnotationScene()
        try scene.write("first\n\nsecond", at: 2)
        try scene.write("\nalone\n", at: 1)
        let (book, authoring) = (try scene.book(), try scene.records.authoring())
        let answer = try AnnotationAnswer(book, authoring).threads(book.threads)
        let column = { (name: String) in
            let index = try #require(answer.columns.firstIndex { $0.name == name })
            return answer.rows.map { $0[index] }
        }
        #expect(try column("opening") == [.text("first …"), .text("alone")])
        #expect(try column("first_line") == [.text("first"), .text("alone")], "programs get it as it is")
    }
}
