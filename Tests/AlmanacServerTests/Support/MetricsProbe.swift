import Foundation
import FoundationNetworking
import Testing

@testable import AlmanacServer

/// Asks a server for its metrics, as Prometheus would.
struct MetricsProbe {
    struct Answer { let status: Int, type: String, body: String }

    func get(_ path: String = "/metrics", method: String = "GET", of server: TestServer) async throws -> Answer {
        let line = try #require(server.log.text.firstMatch(of: /metrics address=127\.0\.0\.1:(\d+)/))
        var request = URLRequest(url: try #require(URL(string: "http://127.0.0.1:\(line.1)\(path)")))
        request.httpMethod = method
        let (data, response) = try await URLSession.shared.data(for: request)
        let answer = try #require(response as? HTTPURLResponse)
        return Answer(
            status: answer.statusCode, type: answer.value(forHTTPHeaderField: "Content-Type") ?? "",
            body: String(decoding: data, as: UTF8.self))
    }

    /// Of one line.
    func value(_ name: String, of server: TestServer) async throws -> Double {
        let line = try await get(of: server).body.split(separator: "\n").first { $0.hasPrefix(name + " ") }
        return try #require(line?.split(separator: " ").last.flatMap { Double($0) }, "\(name)")
    }
}
