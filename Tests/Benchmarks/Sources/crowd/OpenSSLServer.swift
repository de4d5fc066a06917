import Foundation
import Glibc
import Programs

/// A running `openssl s_server` that asks for a client certificate, as almanacd does, and gives one ticket.
struct OpenSSLServer {
    let port: UInt16
    let usage: ProcessUsage

    /// Runs one for as long as the body does.
    static func with<Value>(_ files: OpenSSLFiles, _ body: (OpenSSLServer) async throws -> Value) async throws -> Value {
        let server = try start(files)
        defer { server.stop() }
        return try await body(server)
    }

    static func with<Value>(_ files: OpenSSLFiles, _ body: (OpenSSLServer) throws -> Value) throws -> Value {
        let server = try start(files)
        defer { server.stop() }
        return try body(server)
    }

    private static func start(_ files: OpenSSLFiles) throws -> OpenSSLServer {
        let port = try FreePort.find()
        let silence = FileHandle(forWritingAtPath: "/dev/null")
        let descriptor = silence?.fileDescriptor ?? STDERR_FILENO
        defer { try? silence?.close() }
        let process = try Program(
            path: files.openssl,
            arguments: [
                "s_server", "-accept", "127.0.0.1:\(port)", "-cert", files.serverCertificate, "-key", files.serverKey,
                "-cert_chain", files.serverChain, "-CAfile", files.authority, "-partial_chain", "-Verify", "3", "-tls1_3",
                "-alpn", "almanac/1", "-num_tickets", "1", "-no_cache", "-groups", "X25519:P-256", "-www", "-quiet",
            ],
            environment: [:]
        ).start(output: descriptor, error: descriptor)
        try FreePort.waitForListener(port)
        return OpenSSLServer(port: port, usage: ProcessUsage(process))
    }

    private func stop() {
        kill(usage.process, SIGKILL)
        var status: Int32 = 0
        waitpid(usage.process, &status, 0)
    }
}
