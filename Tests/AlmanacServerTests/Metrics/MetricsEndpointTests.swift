import AlmanacModel
import AlmanacWire
import NIOCore
import NIOPosix
import Testing

@testable import AlmanacServer

@Suite struct MetricsEndpointTests {
    private let probe = MetricsProbe()

    @Test func aSyncIsCounted() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        try dataset.importPackage([PullTests.cities], open: ["*"])
        let device = try TestDevice(enrolledAs: "lea", in: dataset)
        try await TestServer.serving(dataset, { $0.metricsPort = 0 }) { server in
            let client = try await server.open(device)
            let pulled = try await client.pullAll()
            #expect(try await probe.value("almanacd_connections_open", of: server) == 1)
            #expect(try await probe.value("almanacd_handshakes_open", of: server) == 0)
            #expect(try await probe.value("almanacd_pulls_begun_total", of: server) == 1)
            #expect(try await probe.value("almanacd_pulls_completed_total", of: server) == 1)
            #expect(try await probe.value("almanacd_delta_cache_misses_total", of: server) > 0)
            #expect(try await probe.value("almanacd_windows_sent_total", of: server) == Double(pulled.windows.count))
            let sent = try await probe.value("almanacd_window_bytes_total", of: server)
            #expect(try await probe.value("almanacd_window_raw_bytes_total", of: server) > sent)
            #expect(try await probe.value("almanacd_sent_bytes_total", of: server) > sent)
            #expect(try await probe.value("almanacd_head_sequence", of: server) == 2)
            #expect(try await probe.value("almanacd_store_read_seconds_count", of: server) > 0)
            #expect(try await probe.value("almanacd_pull_read_seconds_count", of: server) > 0)
            client.send(.pull(try PullRequest(epoch: Epoch(7), highestHead: .zero, streams: [], patterns: [.all])), 2)
            try await client.expectError(.epochMismatch, 2)
            #expect(try await probe.value("almanacd_pulls_refused_total{code=\"epoch_mismatch\"}", of: server) == 1)
            try await client.send(bytes: [255, 255, 255, 255, 1, 0, 0, 0])
            try await client.expectError(.tooLarge)
            #expect(try await probe.value("almanacd_frames_rejected_total{reason=\"too_large\"}", of: server) == 1)
        }
    }

    @Test func commitsAreSeen() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        try dataset.importPackage([PullTests.cities], open: ["*"])
        try await TestServer.serving(dataset, { $0.metricsPort = 0 }) { server in
            try dataset.importCSV("key,name,rank\nnew,New,9\n", into: "cities")
            try await server.wait { $0.head >= 3 }
            #expect(try await probe.value("almanacd_commits_seen_total", of: server) == 1)
        }
    }

    @Test func onlyMetricsAreToldAndOnlyAsked() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        try await TestServer.serving(dataset, { $0.metricsPort = 0 }) { server in
            let answer = try await probe.get(of: server)
            #expect((answer.status, answer.type) == (200, PrometheusText.contentType))
            #expect(try await probe.get("/", of: server).status == 404)
            #expect(try await probe.get("/metrics/more", of: server).status == 404)
            #expect(try await probe.get(method: "POST", of: server).status == 405)
        }
    }

    @Test func withoutAPortNobodyListens() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        try await TestServer.serving(dataset) { server in #expect(!server.log.text.contains("metrics")) }
    }
}
