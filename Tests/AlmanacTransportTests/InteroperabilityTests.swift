import AlmanacTransport
import Foundation
import NIOCore
import Testing

/// Against the `openssl` command, which shares nothing with the handler but the library.
@Suite(.timeLimit(.minutes(20)))
struct InteroperabilityTests {
    let authority: TestAuthority

    init() async throws { authority = try await TestAuthority.shared }

    private func client(_ listener: TestListener, _ arguments: String...) throws -> OpenSSLCommand {
        try OpenSSLCommand(
            ["s_client", "-connect", "127.0.0.1:\(listener.port)", "-CAfile", "root.pem", "-verify_return_error"] + arguments,
            in: authority.directory)
    }

    @Test func theOpenSSLClientTalksToTheListener() async throws {
        let listener = try await TestListener(authority.serverContext())
        let command = try client(
            listener, "-alpn", "almanac/1", "-cert", "client.pem", "-key", "client.key", "-quiet", "-no_ign_eof")
        var server = try await listener.accept()
        #expect(
            try await server.next() == .completed(authority.client.presented(isExpired: false)))
        command.send("from the command\n")
        #expect(try await server.bytes(17) == Array("from the command\n".utf8))
        try await server.send("from the listener\n")
        try await command.expect("from the listener\n")
        command.endInput()
        #expect(await server.rest() == [.inactive])
        #expect(await command.status() == 0)
        try await listener.channel.close()
    }

    @Test func theOpenSSLClientSeesOurCloseNotify() async throws {
        let listener = try await TestListener(authority.serverContext())
        let command = try client(listener, "-alpn", "almanac/1", "-msg")
        var server = try await listener.accept()
        #expect(try await server.next() == .completed(.none))
        try await server.channel.close()
        try await command.expect("warning close_notify")
        #expect(await command.status() == 0)
        #expect(command.output.contains("<<< TLS 1.3, Alert [length 0002], warning close_notify"))
        #expect(await server.rest() == [.inactive])
        try await listener.channel.close()
    }

    @Test(arguments: [[], ["-alpn", "h2"], ["-alpn", "almanac/2,almanac/10,almanac/"]])
    func aClientOfAnotherProtocolGetsTheRightAlert(arguments: [String]) async throws {
        let listener = try await TestListener(authority.serverContext())
        let command = try OpenSSLCommand(
            ["s_client", "-connect", "127.0.0.1:\(listener.port)"] + arguments, in: authority.directory)
        var server = try await listener.accept()
        #expect(await server.rest() == [.failed("\(TLSError.noCommonProtocol)"), .inactive])
        #expect(await command.status() != 0)
        #expect(command.output.contains("alert no application protocol"))
        try await listener.channel.close()
    }

    @Test func aClientThatGuessesTheWrongGroupIsAskedAgain() async throws {
        let listener = try await TestListener(authority.serverContext())
        let command = try client(listener, "-alpn", "almanac/1", "-groups", "P-384:P-256", "-msg")
        var server = try await listener.accept()
        #expect(try await server.next() == .completed(.none))
        try await server.channel.close()
        #expect(await command.status() == 0)
        #expect(command.output.components(separatedBy: "ClientHello").count == 3)
        try await listener.channel.close()
    }

    @Test func ourProtocolIsFoundAmongOthers() async throws {
        let listener = try await TestListener(authority.serverContext())
        let command = try client(listener, "-alpn", "h2,almanac/1,http/1.1")
        var server = try await listener.accept()
        #expect(try await server.next() == .completed(.none))
        try await command.expect("ALPN protocol: almanac/1")
        try await server.channel.close()
        _ = await command.status()
        try await listener.channel.close()
    }

    @Test func aClientOfTLS12IsRefused() async throws {
        let listener = try await TestListener(authority.serverContext())
        let command = try client(listener, "-alpn", "almanac/1", "-tls1_2")
        var server = try await listener.accept()
        #expect(await server.rest() == [.failed("\(TLSError.noCommonVersion)"), .inactive])
        #expect(await command.status() != 0)
        #expect(command.output.contains("alert protocol version"))
        try await listener.channel.close()
    }

    @Test func aTicketWithoutEarlyDataIsOffered() async throws {
        let listener = try await TestListener(authority.serverContext())
        let command = try client(listener, "-alpn", "almanac/1", "-msg")
        var server = try await listener.accept()
        #expect(try await server.next() == .completed(.none))
        try await server.send("all of it\n")
        try await command.expect("all of it\n")
        try await server.channel.close()
        _ = await command.status()
        #expect(command.output.contains("Finished"))
        #expect(command.output.contains("NewSessionTicket"))
        #expect(command.output.contains("Max Early Data: 0"))
        try await listener.channel.close()
    }

    private func startServer(_ arguments: String...) async throws -> (OpenSSLCommand, port: Int) {
        let command = try OpenSSLCommand(
            [
                "s_server", "-accept", "127.0.0.1:0", "-naccept", "1", "-cert", "server.pem", "-key", "server.key", "-cert_chain",
                "chain.pem",
            ] + arguments, in: authority.directory)
        let port = try await command.restOfLine(after: "ACCEPT 127.0.0.1:")
        return (command, try #require(Int(port)))
    }

    @Test func theConnectorTalksToTheOpenSSLServer() async throws {
        let (command, port) = try await startServer("-alpn", "almanac/1", "-rev", "-Verify", "2", "-CAfile", "chain.pem")
        var client = try await TestListener.connect(port, authority.clientContext(authority.client))
        try await client.send("stressed\n")
        #expect(try await client.bytes(9) == Array("desserts\n".utf8))
        try await client.channel.close()
        #expect(await client.rest() == [.inactive])
        #expect(await command.status() == 0)
    }

    @Test func theOpenSSLServerMayCloseFirst() async throws {
        let (command, port) = try await startServer("-alpn", "almanac/1", "-rev")
        var client = try await TestListener.connect(port, authority.clientContext())
        try await client.send("CLOSE\n")
        #expect(await client.rest().suffix(1) == [.inactive])
        #expect(!client.seen.contains { if case .failed = $0 { true } else { false } })
        #expect(await command.status() == 0)
    }

    @Test(arguments: [[], ["-alpn", "h2"]]) func aServerOfAnotherProtocolIsRefused(arguments: [String]) async throws {
        let (command, port) = arguments.isEmpty ? try await startServer() : try await startServer("-alpn", "h2")
        await #expect(throws: ConnectError.tls(.noCommonProtocol)) {
            _ = try await TestListener.connect(port, authority.clientContext(authority.client))
        }
        _ = await command.status()
    }

    @Test func aServerOfTLS12IsRefused() async throws {
        let (command, port) = try await startServer("-alpn", "almanac/1", "-tls1_2")
        await #expect(throws: ConnectError.tls(.noCommonVersion)) {
            _ = try await TestListener.connect(port, authority.clientContext())
        }
        _ = await command.status()
    }
}
