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
            try database.add(Invitation(secretHash: hash(1), person: person(grants: [.below(.reference), .all]), expires: soon))
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
            try database.add(Invitation(secretHash: hash(1), person: person(), expires: soon))
            #expect(try redeem(database, 1, for: 10, at: soon) == nil)
            #expect(try redeem(database, 1, for: 10, at: soon.advanced(by: .milliseconds(-1))) != nil)
        }
    }

    private struct Broken: Error {}

    @Test func aSecretWhoseCertificateCouldNotBeIssuedIsStillUnused() throws {
        try withDatabase { database, _ in
            try database.add(Invitation(secretHash: hash(1), person: person(), expires: soon))
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
            try database.add(Invitation(secretHash: hash(secret), person: person(name), expires: soon))
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
            let ended = try database.revoke("phone", of: "ada", at: soon)
            #expect(ended.devices.map(\.device.name) == ["phone"] && ended.invitations == 0)
            #expect(try database.allowedDevices() == [hash(11), hash(13)])
            #expect(try database.devices(of: "ada").map(\.revoked) == [nil, soon])
            #expect(try database.revoke("phone", of: "ada", at: soon).devices.isEmpty, "once")
            #expect(try redeem(database, 4, for: 20) != nil, "the invitation is good still")
            #expect(throws: ReplicaError.self) { try database.revoke("tablet", of: "ada", at: soon) }
            #expect(throws: ReplicaError.self) { try database.revoke(nil, of: "nobody", at: soon) }
        }
    }

    @Test func threat14_aPersonIsRevokedWithEverythingThatIsOpen() throws {
        try withDatabase { database, _ in
            try fill(database)
            let ended = try database.revoke(nil, of: "ada", at: TestKeys.now)
            #expect(ended.devices.map(\.device.name) == ["laptop", "phone"] && ended.invitations == 1)
            #expect(try database.allowedDevices() == [hash(13)])
            #expect(try redeem(database, 4, for: 20) == nil)
            #expect(try redeem(database, 5, for: 21) != nil, "another person's invitation")
            let again = try database.revoke(nil, of: "ada", at: soon)
            #expect(again.devices.isEmpty && again.invitations == 0)
        }
    }

    @Test func threat14_theKeyOfARevokedDeviceOrOfAnotherPersonEnrolsNothing() throws {
        try withDatabase { database, _ in
            for (secret, name) in [(1, "ada"), (2, "ada"), (3, "grace"), (4, "ada")] as [(UInt8, String)] {
                try database.add(Invitation(secretHash: hash(secret), person: person(name), expires: soon))
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

    @Test func anInvitationRenewsWhatAPersonMayRead() throws {
        try withDatabase { database, _ in
            try database.add(Invitation(secretHash: hash(1), person: person(), expires: soon))
            _ = try redeem(database, 1, for: 10)
            try database.add(Invitation(secretHash: hash(2), person: person(grants: [.all]), expires: soon))
            #expect(try database.device(hash(10))?.person.grants == [.all])
            #expect(throws: (any Error).self) {
                try database.add(Invitation(secretHash: hash(2), person: person("eve"), expires: soon))
            }
            #expect(try redeem(database, 2, for: 11)?.person.name == "ada")
        }
    }

    @Test func threat16_ofRacingKeysOneWins() throws {
        try withDatabase { database, path in
            let databases = [database, try AuthorityDatabase.open(existing: path)]
            for round: UInt8 in 0..<10 {
                try database.add(Invitation(secretHash: hash(round), person: person(), expires: soon))
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
