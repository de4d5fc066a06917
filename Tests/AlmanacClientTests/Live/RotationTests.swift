import AlmanacCrypto
import AlmanacModel
import AlmanacServer
import AlmanacWire
import Foundation
import Testing

@testable import AlmanacClient

/// Devices follow when the keys of their authority are rotated, awake or asleep.
@Suite struct RotationTests {
    private static let now = Clock.system.now()

    private static func days(_ count: Int) -> Instant { now.advanced(by: .seconds(count * 86_400)) }

    private func number(_ laptop: Laptop) throws -> UInt64 {
        try StoredChain(paths: laptop.context().paths.credentials).newest().certificateAuthority.statement.number
    }

    private func leaf(_ laptop: Laptop) throws -> Certificate {
        try #require(try DeviceCredentials.load(laptop.context().paths.credentials).certificates.first)
    }

    @Test func threat30_aDeviceThatSleptThroughTwoRotationsFollows() async throws {
        let (authority, laptop) = (try LiveAuthority(), try Laptop())
        try await authority.serving { port in
            try await laptop.enrol(authority.invite(port: port))
            try await laptop.sync(port: port)
        }
        let first = try leaf(laptop)
        try authority.rotate()
        try authority.rotate()
        try authority.change("after two rotations")
        try await authority.serving { port in
            let summary = try await laptop.sync(port: port)
            #expect(summary.changes == 1)
            #expect(try number(laptop) == 3)
            #expect(try leaf(laptop).der == first.der, "its own certificate is good for long still")
            #expect(try laptop.verify().recordCount == 252)
        }
    }

    /// The drill: two rotations and the end of its own certificate, all asleep.
    @Test func threat17_aDeviceThatSleptThroughTwoRotationsAndTheEndOfItsCertificateFollows() async throws {
        let past = Self.days(-200)
        let (authority, laptop) = (try LiveAuthority(founded: past), try Laptop())
        try await authority.serving(clock: Clock { past }) { port in
            _ = try await laptop.enrol(authority.invite(port: port, at: past), clock: { past })
        }
        #expect(try leaf(laptop).validity.notAfter < Self.now.milliseconds / 1_000, "it has ended")
        try authority.rotate(at: Self.days(-150))
        try authority.rotate(at: Self.days(-50))
        try await authority.serving { port in
            try await laptop.sync(port: port)
            #expect(try number(laptop) == 3)
            #expect(try leaf(laptop).validity.notAfter > Self.now.milliseconds / 1_000)
            #expect(try laptop.verify().recordCount > 0)
        }
    }

    /// What was verified under a delegation stays so, however many come after it before the next sync.
    @Test func threat30_aCopyStaysVerifiedThroughRotationsThatItHasNotSynced() async throws {
        let (authority, laptop) = (try LiveAuthority(), try Laptop())
        try await authority.serving { port in
            try await laptop.enrol(authority.invite(port: port))
            try await laptop.sync(port: port)
        }
        for rotation in 2...4 {
            try authority.rotate()
            try await authority.serving { port in
                // A renewal brings the delegations without a sync.
                let renewal = CertificateRenewal(
                    try laptop.context().at(port: port), interruption: Interruption(), clock: { Self.days(130) })
                _ = try await renewal.runIfDue()
            }
            #expect(try number(laptop) == UInt64(rotation))
            #expect(try laptop.verify().recordCount > 0)
        }
    }

    /// Somebody who has the former keys runs a server with them.
    @Test func threat30_aServerWithTheFormerKeysIsRefusedByWhoeverHasSeenTheNewOnes() async throws {
        let (authority, laptop) = (try LiveAuthority(), try Laptop())
        let stolen = "\(laptop.home.path)/stolen"
        try FileManager.default.copyItem(atPath: authority.directory.keys, toPath: stolen)
        try await authority.serving { port in
            try await laptop.enrol(authority.invite(port: port))
            try authority.rotate()
        }
        try await authority.serving { port in _ = try await laptop.sync(port: port) }
        try FileManager.default.removeItem(atPath: authority.directory.keys)
        try FileManager.default.moveItem(atPath: stolen, toPath: authority.directory.keys)
        try await authority.serving { port in
            let error = try #require(await #expect(throws: (any Error).self) { try await laptop.sync(port: port) })
            #expect(FailureReport(error).status == .notSigned, "\(error)")
        }
        #expect(try number(laptop) == 2)
    }
}
