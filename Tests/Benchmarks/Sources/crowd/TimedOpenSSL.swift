import Programs

/// `openssl s_time -new`: one client that connects again and again. It cannot name an application protocol, without which almanacd
/// refuses everybody, so that it is run with `s_server` alone.
enum TimedOpenSSL {
    static func handshakesPerSecond(_ files: OpenSSLFiles, _ port: UInt16, _ seconds: Int) throws -> Double {
        let usage = try Program(
            path: files.openssl,
            arguments: [
                "s_time", "-connect", "127.0.0.1:\(port)", "-new", "-time", String(seconds), "-tls1_3",
                "-cert", files.deviceCertificate, "-key", files.deviceKey, "-CAfile", files.root, "-verify", "3",
            ],
            environment: [:]
        ).run()
        // `4242 connections in 6 real seconds, 0 bytes read per connection`: of whole seconds, one more than was asked for.
        guard let match = usage.output.firstMatch(of: /(\d+) connections in \d+ real seconds/),
            let count = Double(match.output.1)
        else { throw Program.Failure(description: "openssl s_time says: \(usage.output)") }
        return count / usage.seconds
    }
}
