import AlmanacModel
import AlmanacWire
import Testing

@testable import AlmanacReplica

/// Files of the first programs, which knew neither teams nor annotations nor conflicts.
@Suite struct OlderFileTests {
    private func note(_ text: String) -> [FieldValue] {
        [FieldValue(AnnotationSchema.kind, .text("note")), FieldValue(AnnotationSchema.text, .text(Text(text)))]
    }

    private func annotate(_ world: SmallWorld, _ text: String) throws {
        try world.authority.commit { session in
            try session.put(
                AnnotationSchema.collection, session.newID(AnnotationSchema.collection), note(text), in: streamName("team/apac"))
        }
    }

    private func texts(_ path: String) throws -> [String] {
        try ReplicaSnapshot.read(path: path) { snapshot in
            var texts: [String] = []
            try snapshot.forEachRecord(of: AnnotationSchema.collection) { record, _ in
                if case .text(let text)? = record[AnnotationSchema.text] { texts.append(text.string) }
            }
            return texts
        }
    }

    private func expectSound(_ path: String) throws {
        let replica = try ReplicaDatabase.open(path: path)
        defer { try? replica.close() }
        let report = try replica.scrub(now: TestKeys.now)
        #expect(report.isRight, "\(report.findings)")
    }

    @Test(arguments: [
        ["almanac_operation", "almanac_made", "almanac_audit"], ["almanac_operation", "almanac_made"], [],
    ])
    func anAuthoritysFileGetsWhatItLacks(_ missing: [String]) throws {
        try withTemporaryDirectory { directory in
            let world = try SmallWorld(directory)
            let head = try world.head()
            let (path, device) = (world.authority.path, try Hash32(hashing: [1]))
            try world.authority.database.close()
            try OlderFile.make(path, without: missing)
            let database = try AuthorityDatabase.open(existing: path)
            defer { try? database.close() }
            #expect(try database.head().sequence == head)
            let found = try database.check().findings
            #expect(found.isEmpty, "\(found)")
            let outcomes = database.apply([PushedSheet(fingerprint: device, operations: [])], at: TestKeys.now) { _, _ in
                .accepted(OperationEffects())
            }
            guard case .notEnrolled? = outcomes.first else { throw ReplicaError.refused("\(outcomes)") }
            try database.commit(author: "lea", message: "", time: TestKeys.now) { session in
                let id = try session.newID(AnnotationSchema.collection)
                try session.put(AnnotationSchema.collection, id, note("new"), in: streamName("team/apac"))
                #expect(try session.find(AnnotationSchema.collection, where: AnnotationSchema.parent, is: .reference(id)) == nil)
            }
            #expect(try database.check().findings.isEmpty)
            #expect(try database.teams().all.isEmpty)
        }
    }

    @Test func aReplicasFileGetsThemWithItsNextDelta() throws {
        try withTemporaryDirectory { directory in
            let world = try SmallWorld(directory)
            try world.replica.sync(from: world.authority)
            let path = world.replica.path
            try OlderFile.make(path)
            #expect(try texts(path).isEmpty)
            try annotate(world, "new")
            try world.replica.sync(from: world.authority)
            #expect(try texts(path) == ["new"])
            try expectSound(path)
        }
    }

    /// What came before it was explained is not seen until it is, and then whole.
    @Test func whatWasUnexplainedIsExplainedLater() throws {
        try withTemporaryDirectory { directory in
            let world = try SmallWorld(directory)
            for text in ["one", "two"] { try annotate(world, text) }
            try world.replica.sync(from: world.authority)
            let path = world.replica.path
            try OlderFile.makeUnexplained(path, kind: .local)
            try ReplicaSnapshot.read(path: path) { snapshot in
                #expect(try snapshot.record(AnnotationSchema.collection, recordID(1)) == nil)
                let found = try snapshot.records(
                    AnnotationSchema.collection, where: AnnotationSchema.uuid, is: .uuid(world.keys.dataset))
                #expect(found.isEmpty)
                let request = SnapshotChangeRequest(
                    since: .zero, wholeStreams: [], streams: [try streamName("team/apac")], collections: nil)
                var kinds: [SnapshotChange.Kind] = []
                try snapshot.forEachChange(request) { kinds.append($0.kind) }
                #expect(kinds == [.record([]), .record([])])
                var overlay = ReplicaOverlay(on: snapshot.state.cursor)
                overlay.hide(AnnotationSchema.collection, try recordID(1))
                try snapshot.lay(overlay)
            }
            try world.putGrant(2, world.grant("renamed", "asia"))
            try world.replica.sync(from: world.authority)
            #expect(try texts(path) == ["one", "two"])
            try expectSound(path)
            try OlderFile.makeUnexplained(path, kind: .local)
            let replica = try ReplicaDatabase.open(path: path)
            try replica.complete()
            try replica.close()
            #expect(try texts(path) == ["one", "two"])
            try expectSound(path)
        }
    }
}
