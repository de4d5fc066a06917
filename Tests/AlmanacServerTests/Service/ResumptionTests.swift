import AlmanacModel
import AlmanacTransport
import AlmanacWire
import Testing

@testable import AlmanacServer

/// Connections that continue an earlier one's session: the device table is asked each time.
@Suite struct ResumptionTests {
    /// Says hello, pulls everything, and closes; the server's ticket has come by then.
    private func sync(_ server: TestServer, _ context: TLSContext) async throws {
        let client = try await server.connect(context)
        client.send(.clientHello(try ClientHello(software: "test/1")))
        guard case .serverHello = try await client.next().message else { throw Unexpected("no hello") }
        try await client.pullAll()
        await client.close()
    }

    @Test func threat14_aRevokedDeviceIsRefusedOnAResumedSession() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        let device = try TestDevice(enrolledAs: "lea", in: dataset)
        let probe = MetricsProbe()
        try await TestServer.serving(dataset, { $0.metricsPort = 0 }) { server in
            let context = try TLSContext.client(pinnedRoot: server.pin(), identity: device.identity)
            try await sync(server, context)
            try await sync(server, context)
            #expect(try await probe.value("almanacd_handshakes_completed_total{kind=\"resumed\"}", of: server) == 1)
            try dataset.revokeAllDevices()
            let client = try await server.connect(context)
            try await client.expectError(.notAllowed)
            await client.expectClosed()
            #expect(try await probe.value("almanacd_handshakes_completed_total{kind=\"resumed\"}", of: server) == 2)
        }
    }
}
