import AlmanacModel
import AlmanacWire
import Dispatch
import GRDB
import Synchronization
import Testing

@testable import AlmanacReplica

@Suite struct IdentityTests {
    private let soon = TestKeys.now.advanced(by: .seconds(60))

    private func hash(_ byte: UInt8) throws -> Hash32 { try #require(Hash32(bytes: Array(repeating: byte, count: 32))) }

    private func person(_ name: String = "ada", grants: [StreamPattern] = []) -> Person {
        Person(name: name, role: .reader, grants: grants)
    }

    private func withDatabase(_ body: (AuthorityDatabase, String) throws -> Void) throws {
        try withTemporaryDirectory { directory in
            let authority = try TestAuthority(directory: directory, keys: TestKeys())
            try body(authority.database, authority.path)
        }
    }

    private func redeem(
        _ database: AuthorityDatabase, _ secret: UInt8, for key: UInt8, at time: Instant = TestKeys.now, certificate: UInt8 = 1
    ) throws -> Enrolment? {
        try database.redeem(hash(secret), for: hash(key), device: "laptop", now: time) { _ in [[certificate, 2], [3]] }
    }

    @Test func threat16_aSecretIsWorthOneCertificate() throws {
        try withDatabase { database, path in
            try database.add(
                Invitation(secretHash: hash(1), invitee: Invitee(person(grants: [.below(.reference), .all])), expires: soon),
                by: .operator("root"), at: TestKeys.now)
            let enrolment = try #require(try redeem(database, 1, for: 10))
            #expect(enrolment.person == person(grants: [.below(.reference), .all]))
            #expect(enrolment.certificates == [[1, 2], [3]])
            // The same key gets the same certificates, also after the end, also after a restart; another gets nothing.
            #expect(
                try redeem(
                    AuthorityDatabase.open(existing: path), 1, for: 10, at: soon.advanced(by: .seconds(9)), certificate: 99)
                    == enrolment)
            #expect(try redeem(database, 1, for: 11) == nil)
            #expect(try redeem(database, 2, for: 10) == nil)
            #expect(try database.device(hash(11)) == nil)
            #expect(
                try database.device(hash(10))
                    == Device(name: "laptop", person: enrolment.person, fingerprint: hash(10), isRevoked: false))
        }
    }

    @Test func threat16_anExpiredSecretIsWorthNothing() throws {
        try withDatabase { database, _ in
            try database.add(
                Invitation(secretHash: hash(1), invitee: Invitee(person()), expires: soon), by: .operator("root"),
                at: TestKeys.now)
            #expect(try redeem(database, 1, for: 10, at: soon) == nil)
            #expect(try redeem(database, 1, for: 10, at: soon.advanced(by: .milliseconds(-1))) != nil)
        }
    }

    private struct Broken: Error {}

    @Test func aSecretWhoseCertificateCouldNotBeIssuedIsStillUnused() throws {
        try withDatabase { database, _ in
            try database.add(
                Invitation(secretHash: hash(1), invitee: Invitee(person()), expires: soon), by: .operator("root"),
                at: TestKeys.now)
            #expect(throws: Broken.self) {
                try database.redeem(hash(1), for: hash(10), device: "laptop", now: TestKeys.now) { _ in throw Broken() }
            }
            #expect(try database.device(hash(10)) == nil)
            #expect(try redeem(database, 1, for: 11) != nil)
        }
    }

    /// Two devices of ada, one of grace, and an invitation of each that nobody has used.
    private func fill(_ database: AuthorityDatabase) throws {
        for (secret, name) in [(1, "ada"), (2, "ada"), (3, "grace"), (4, "ada"), (5, "grace")] as [(UInt8, String)] {
            try database.add(
                Invitation(secretHash: hash(secret), invitee: Invitee(person(name)), expires: soon), by: .operator("root"),
                at: TestKeys.now)
        }
        for (secret, device) in [(1, "laptop"), (2, "phone"), (3, "laptop")] as [(UInt8, String)] {
            _ = try database.redeem(hash(secret), for: hash(secret + 10), device: device, now: TestKeys.now) { _ in [[1]] }
        }
    }

    @Test func peopleAndDevicesAreListed() throws {
        try withDatabase { database, _ in
            #expect(try database.people(at: TestKeys.now).isEmpty)
            try fill(database)
            let people = try database.people(at: TestKeys.now)
            #expect(people.map(\.person.name) == ["ada", "grace"])
            #expect(people.map(\.devices) == [2, 1] && people.map(\.invitations) == [1, 1])
            #expect(try database.people(at: soon).map(\.invitations) == [0, 0], "they have expired")
            #expect(
                try database.devices().map { "\($0.device.person.name) \($0.device.name)" } == [
                    "ada laptop", "ada phone", "grace laptop",
                ])
            #expect(try database.devices(of: "grace").map(\.enrolled) == [TestKeys.now])
            #expect(try database.devices(of: "nobody").isEmpty)
        }
    }

    @Test func threat14_oneDeviceIsRevokedAndTheOthersAreNot() throws {
        try withDatabase { database, _ in
            try fill(database)
            let ended = try database.revoke("phone", of: "ada", by: .operator("root"), at: soon)
            #expect(ended.devices.map(\.device.name) == ["phone"] && ended.invitations == 0)
            #expect(try database.allowedDevices() == [hash(11), hash(13)])
            #expect(try database.devices(of: "ada").map(\.revoked) == [nil, soon])
            #expect(try database.revoke("phone", of: "ada", by: .operator("root"), at: soon).devices.isEmpty, "once")
            #expect(try redeem(database, 4, for: 20) != nil, "the invitation is good still")
            #expect(throws: ReplicaError.self) { try database.revoke("tablet", of: "ada", by: .operator("root"), at: soon) }
            #expect(throws: ReplicaError.self) { try database.revoke(nil, of: "nobody", by: .operator("root"), at: soon) }
        }
    }

    /// Two machines that are called the same are told apart, so that the wrong one is not shut out.
    @Test func threat14_noTwoDevicesOfAPersonHaveTheSameName() throws {
        try withDatabase { database, _ in
            let long = String(repeating: "\u{e4}", count: 32)
            var secret: UInt8 = 0
            func enrol(_ name: String, as person: String, key: UInt8) throws -> String? {
                secret += 1
                try database.add(
                    Invitation(secretHash: hash(secret), invitee: Invitee(self.person(person)), expires: soon),
                    by: .operator("root"), at: TestKeys.now)
                var given: String?
                _ = try database.redeem(hash(secret), for: hash(key), device: name, now: TestKeys.now) { device in
                    given = device.name
                    return [[1]]
                }
                #expect(try database.device(hash(key))?.name == given, "the certificate has the name of the table")
                return given
            }
            #expect(try enrol("vm", as: "lea", key: 100) == "vm")
            #expect(try enrol("vm", as: "lea", key: 101) == "vm-2")
            #expect(try enrol("vm", as: "noor", key: 102) == "vm", "another person's")
            #expect(try enrol("vm", as: "lea", key: 101) == "vm-2", "the same device again")
            #expect(try enrol(long, as: "lea", key: 103) == long)
            #expect(try enrol(long, as: "lea", key: 104) == long.dropLast() + "-2")
            _ = try database.revoke("vm", of: "lea", by: .operator("root"), at: soon)
            #expect(try enrol("vm", as: "lea", key: 105) == "vm", "that of a revoked device is free")
        }
    }

    @Test func threat14_whichOfSeveralDevicesIsRevokedIsNeverGuessed() throws {
        try withDatabase { database, _ in
            try fill(database)
            try database.pool.write { try $0.execute(sql: "UPDATE almanac_device SET name = 'vm'") }
            let (first, second) = (try hash(11).description, try hash(12).description)
            func revoke(_ name: String?, _ key: String?) throws -> Revocation {
                try database.revoke(name, key: key, of: "ada", by: .operator("root"), at: soon)
            }
            let refusal = #expect(throws: ReplicaError.self) { try revoke("vm", nil) }
            let sentence = refusal.map(String.init(describing:)) ?? ""
            #expect(sentence.contains(first.prefix(16)) && sentence.contains(second.prefix(16)), "\(sentence)")
            #expect(throws: ReplicaError.self) { try revoke("vm", "0") }
            #expect(throws: ReplicaError.self) { try revoke("vm", String(try hash(13).description.prefix(6))) }
            #expect(try database.allowedDevices().count == 3, "nothing was revoked")
            #expect(try revoke("vm", String(second.prefix(6)).uppercased()).devices.map(\.device.fingerprint) == [hash(12)])
            #expect(try database.allowedDevices() == [hash(11), hash(13)])
            let last = try revoke("vm", nil)
            #expect(try last.devices.map(\.device.fingerprint) == [hash(11)])
            #expect(last.invitations == 0)
        }
    }

    @Test func threat14_aPersonIsRevokedWithEverythingThatIsOpen() throws {
        try withDatabase { database, _ in
            try fill(database)
            let ended = try database.revoke(nil, of: "ada", by: .operator("root"), at: TestKeys.now)
            #expect(ended.devices.map(\.device.name) == ["laptop", "phone"] && ended.invitations == 1)
            #expect(try database.allowedDevices() == [hash(13)])
            #expect(try redeem(database, 4, for: 20) == nil)
            #expect(try redeem(database, 5, for: 21) != nil, "another person's invitation")
            let again = try database.revoke(nil, of: "ada", by: .operator("root"), at: soon)
            #expect(again.devices.isEmpty && again.invitations == 0)
        }
    }

    @Test func threat14_theKeyOfARevokedDeviceOrOfAnotherPersonEnrolsNothing() throws {
        try withDatabase { database, _ in
            for (secret, name) in [(1, "ada"), (2, "ada"), (3, "grace"), (4, "ada")] as [(UInt8, String)] {
                try database.add(
                    Invitation(secretHash: hash(secret), invitee: Invitee(person(name)), expires: soon), by: .operator("root"),
                    at: TestKeys.now)
            }
            #expect(try redeem(database, 1, for: 10) != nil)
            #expect(try redeem(database, 2, for: 10) != nil)
            #expect(try redeem(database, 3, for: 10) == nil)
            try database.pool.write { try $0.execute(sql: "UPDATE almanac_device SET revoked = 1") }
            #expect(try database.device(hash(10))?.isRevoked == true)
            #expect(try redeem(database, 4, for: 10) == nil)
            // Refused secrets are unused.
            #expect(try redeem(database, 3, for: 12)?.person.name == "grace")
            #expect(try redeem(database, 4, for: 13) != nil)
        }
    }

    @Test func anInvitationNamesWhatAPersonIsToBe() throws {
        try withDatabase { database, _ in
            var secret: UInt8 = 0
            func invite(_ invitee: Invitee) throws -> InvitationOutcome {
                secret += 1
                return try database.add(
                    Invitation(secretHash: hash(secret), invitee: invitee, expires: soon), by: .operator("root"), at: TestKeys.now
                )
            }
            let first = try invite(Invitee(name: "ada"))
            #expect(first == InvitationOutcome(person: person(), before: nil))
            let curator = Person(name: "ada", role: .curator, grants: [.all])
            #expect(try invite(Invitee(curator)) == InvitationOutcome(person: curator, before: person()))
            let kept = try invite(Invitee(name: "ada"))
            #expect(kept == InvitationOutcome(person: curator, before: curator), "what is not named stays")
            #expect((kept.formerRole, kept.formerGrants) == (nil, nil))
            let less = try invite(Invitee(name: "ada", grants: []))
            #expect(less.person == Person(name: "ada", role: .curator, grants: []))
            #expect((less.formerRole, less.formerGrants) == (nil, [.all]))
            _ = try redeem(database, secret, for: 10)
            #expect(try database.device(hash(10))?.person == less.person)
            #expect(throws: (any Error).self) {
                try database.add(
                    Invitation(secretHash: hash(secret), invitee: Invitee(name: "eve"), expires: soon), by: .operator("root"),
                    at: TestKeys.now)
            }
            #expect(try database.people(at: TestKeys.now).map(\.person.name) == ["ada"], "nothing of what failed stays")
        }
    }

    /// Streams and mentions are named after people.
    @Test(arguments: ["Ada", "ADA", " ada ", "ada!", "-", "", "\u{5c0f}\u{6797}", String(repeating: "a", count: 200)])
    func aNameThatIsNobodysOwnIsRefused(_ name: String) throws {
        try withDatabase { database, _ in
            func invite(_ name: String, _ secret: UInt8) throws {
                try database.add(
                    Invitation(secretHash: hash(secret), invitee: Invitee(name: name), expires: soon), by: .operator("root"),
                    at: TestKeys.now)
            }
            try invite("ada", 1)
            #expect(throws: ReplicaError.self) { try invite(name, 2) }
            #expect(try database.people(at: TestKeys.now).map(\.person.name) == ["ada"])
            try invite("ada", 3)
            try invite("Ad a", 4)
        }
    }

    // MARK: History

    private func history(
        _ database: AuthorityDatabase, since: Instant? = nil, person: String? = nil
    ) throws -> [(actor: AuditActor, act: AuditAct, person: String?)] {
        var entries: [(AuditActor, AuditAct, String?)] = []
        try database.forEachEvent(since: since, person: person) {
            if case .act(let entry) = $0 { entries.append((entry.actor, entry.act, entry.person)) }
        }
        return entries
    }

    @Test func whoDidWhatIsWrittenWithWhatWasDone() throws {
        try withDatabase { database, path in
            let (root, laptop) = (AuditActor.operator("root"), AuditActor.device("laptop", of: "ada"))
            func invite(_ invitee: Invitee, _ secret: UInt8) throws {
                try database.add(
                    Invitation(secretHash: hash(secret), invitee: invitee, expires: soon.advanced(by: .seconds(9))), by: root,
                    at: TestKeys.now)
            }
            try invite(Invitee(name: "ada"), 1)
            _ = try redeem(database, 1, for: 10)
            _ = try redeem(database, 1, for: 10)
            _ = try redeem(database, 1, for: 11)
            try invite(Invitee(name: "ada", role: .curator, grants: [.all]), 2)
            try invite(Invitee(name: "eve"), 3)
            _ = try database.revoke(nil, of: "ada", by: root, at: soon)
            let all = try history(database)
            #expect(
                all.map(\.act) == [.invited, .enrolled, .roleChanged, .grantsChanged, .invited, .invited, .revoked, .revoked])
            #expect(all.map(\.actor) == [root, laptop, root, root, root, root, root, root])
            #expect(all.map(\.person) == ["ada", "ada", "ada", "ada", "ada", "eve", "ada", "ada"])
            #expect(try history(database, person: "eve").map(\.act) == [.invited])
            #expect(try history(database, person: "root").count == 7)
            #expect(try history(database, since: soon).map(\.act) == [.revoked, .revoked])
            #expect(try history(database, since: soon.advanced(by: .milliseconds(1))).isEmpty)
            // What is refused leaves no entry.
            #expect(throws: ReplicaError.self) { try database.revoke("tablet", of: "ada", by: root, at: soon) }
            #expect(throws: Broken.self) {
                try database.note {
                    AuditEntry(time: soon, actor: root, act: .rotated, person: nil, detail: "")
                } deciding: {
                    throw Broken()
                }
            }
            #expect(try history(AuthorityDatabase.open(existing: path)).count == 8)
        }
    }

    @Test func commitsStandInTheHistoryAmongTheActsByTheirTime() throws {
        try withDatabase { database, _ in
            let times = [30, 10, 20].map { TestKeys.now.advanced(by: .seconds($0)) }
            for time in times {
                try database.note(AuditEntry(time: time, actor: .operator("a"), act: .rotated, person: nil, detail: ""))
            }
            var found: [Instant] = []
            var commits = 0
            try database.forEachEvent { event in
                found.append(event.time)
                if case .commit = event { commits += 1 }
            }
            #expect(found == found.sorted())
            #expect(commits > 0 && found.count == commits + 3)
        }
    }

    /// A file from before there was a history gets one, and is sound.
    @Test func anOlderFileBeginsItsHistory() throws {
        try withTemporaryDirectory { directory in
            let path: String
            do {
                let authority = try TestAuthority(directory: directory, keys: TestKeys())
                path = authority.path
                try authority.database.pool.write { try $0.execute(sql: "DROP TABLE almanac_audit") }
                try authority.database.close()
            }
            let database = try AuthorityDatabase.open(existing: path)
            defer { try? database.close() }
            #expect(try history(database).isEmpty)
            try database.note(AuditEntry(time: soon, actor: .operator("root"), act: .rotated, person: nil, detail: ""))
            #expect(try history(database).count == 1)
            #expect(try database.check().findings.isEmpty)
        }
    }

    @Test func threat16_ofRacingKeysOneWins() throws {
        try withDatabase { database, path in
            let databases = [database, try AuthorityDatabase.open(existing: path)]
            for round: UInt8 in 0..<10 {
                try database.add(
                    Invitation(secretHash: hash(round), invitee: Invitee(person()), expires: soon), by: .operator("root"),
                    at: TestKeys.now)
                let winners = Mutex<[Enrolment]>([])
                DispatchQueue.concurrentPerform(iterations: 4) { racer in
                    let key = 100 + round * 4 + UInt8(truncatingIfNeeded: racer)
                    let enrolment = try? redeem(databases[racer % 2], round, for: key, certificate: key)
                    if let enrolment { winners.withLock { $0.append(enrolment) } }
                }
                #expect(winners.withLock { $0.count } == 1)
            }
        }
    }

    @Test func theOpenStreamsAreThoseOfThePackage() throws {
        try withDatabase { database, _ in
            #expect(try database.openStreams() == [])
            try database.commit(author: "", message: "", time: TestKeys.now) { session in
                let patterns = Value.textSet(TextSet(["*", "investments/*", "not a pattern!", "reference"]))
                try session.put(SystemSchema.package, recordID(1), [FieldValue(SystemSchema.PackageField.openStreams, patterns)])
            }
            let investments = try streamName("investments")
            #expect(try database.openStreams() == [.all, .below(investments), .exactly(.reference)])
        }
    }
}
