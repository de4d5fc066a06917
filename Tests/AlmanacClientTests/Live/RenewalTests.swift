import AlmanacCrypto
import AlmanacModel
import AlmanacServer
import NIOConcurrencyHelpers
import Testing

@testable import AlmanacClient

/// Certificates renew by themselves: who syncs now and then is never invited twice.
@Suite struct RenewalTests {
    private static let now = Clock.system.now()

    private static func days(_ count: Int) -> Instant { now.advanced(by: .seconds(count * 86_400)) }

    private func leaf(_ laptop: Laptop) throws -> Certificate {
        try #require(try DeviceCredentials.load(laptop.context().paths.credentials).certificates.first)
    }

    @Test(arguments: [(0, false), (119, false), (121, true), (179, true), (181, true), (1_000, true)])
    func afterTwoThirdsItIsTime(day: Int, isDue: Bool) throws {
        let start = Int64(1_800_000_000)
        let validity = try #require(CertificateValidity(notBefore: start, notAfter: start + 180 * 86_400))
        let now = Instant(clamping: (start + Int64(day) * 86_400) * 1_000)
        #expect(CertificateRenewal.isDue(validity, now: now) == isDue)
    }

    /// The device's clock says that two thirds are over, and the server gives it a new certificate of the same key.
    @Test func threat17_aSyncRenewsTheCertificateWhenItIsTime() async throws {
        let (authority, laptop) = (try LiveAuthority(), try Laptop())
        try await authority.serving { port in
            try await laptop.enrol(authority.invite(port: port))
            let first = try leaf(laptop)
            try await laptop.sync(port: port)
            #expect(try leaf(laptop).der == first.der, "not before it is time")
            let told = NIOLockedValueBox<[SyncProgress]>([])
            try await laptop.sync(
                port: port, report: { progress in told.withLockedValue { $0.append(progress) } }, clock: { Self.days(130) })
            let second = try leaf(laptop)
            #expect(second.der != first.der && second.publicKeyInfo == first.publicKeyInfo)
            #expect(told.withLockedValue { $0.contains { if case .certificateRenewed = $0 { true } else { false } } })
            let end = try laptop.context().settings.until
            #expect(end.milliseconds / 1_000 == second.validity.notAfter)
            try await laptop.sync(port: port)
            #expect(try laptop.verify().recordCount > 0)
        }
    }

    /// A device that slept through the end of its certificate may do one thing still: ask for another.
    @Test func threat17_aDeviceThatSleptThroughTheEndComesBack() async throws {
        let past = Self.days(-181)
        let (authority, laptop) = (try LiveAuthority(founded: past), try Laptop())
        try await authority.serving(clock: Clock { past }) { port in
            _ = try await laptop.enrol(authority.invite(port: port, at: past), clock: { past })
        }
        let old = try leaf(laptop)
        #expect(old.validity.notAfter < Self.now.milliseconds / 1_000, "it has ended")
        try await authority.serving { port in
            try await laptop.sync(port: port)
            #expect(try leaf(laptop).validity.notAfter > Self.now.milliseconds / 1_000)
            #expect(try laptop.verify().recordCount > 0)
        }
    }

    /// A revoked device gets no other certificate by asking.
    @Test func threat14_aRevokedDeviceRenewsNothing() async throws {
        let (authority, laptop) = (try LiveAuthority(), try Laptop())
        try await authority.serving { port in
            try await laptop.enrol(authority.invite(port: port))
            let first = try leaf(laptop)
            try authority.revoke("lea")
            await #expect(throws: (any Error).self) { try await laptop.sync(port: port, clock: { Self.days(130) }) }
            #expect(try leaf(laptop).der == first.der)
        }
    }
}
