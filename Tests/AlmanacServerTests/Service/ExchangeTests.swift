import AlmanacModel
import AlmanacWire
import NIOCore
import Testing

@testable import AlmanacServer

@Suite struct ExchangeTests {
    private func frame(_ message: Message, _ exchange: UInt16) -> [UInt8] {
        var buffer = ByteBuffer()
        message.encode(exchange: ExchangeID(exchange)).write(into: &buffer)
        return Array(buffer.readableBytesView)
    }

    private func pull() throws -> Message {
        .pull(try PullRequest(epoch: Epoch(0), highestHead: .zero, streams: [], patterns: [.all]))
    }

    @Test func cancellingALargePullEndsItAndTheNextOneIsWhole() async throws {
        let dataset = try TestDataset.large()
        let device = try TestDevice(enrolledAs: "lea", in: dataset)
        try await TestServer.serving(dataset) { server in
            let client = try await server.open(device)
            try await client.setReading(false)
            client.send(try pull(), 1)
            client.send(.cancel(Cancel()), 1)
            try await client.setReading(true)
            var windows = 0
            receiving: while true {
                switch try await client.next() {
                case (.window, ExchangeID(1)): windows += 1
                case (.outline, ExchangeID(1)): continue
                case (.error(let error), ExchangeID(1)):
                    #expect(error.code == .cancelled)
                    break receiving
                case (let message, let exchange): throw Unexpected("\(message.type) on \(exchange)")
                }
            }
            let whole = try await client.pullAll(.all, 1)
            #expect(whole.windows.count > windows + 10)
        }
    }

    @Test func sixteenPullsRunAndTheSeventeenthIsTold() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        try dataset.importPackage([PullTests.cities], open: ["*"])
        let device = try TestDevice(enrolledAs: "lea", in: dataset)
        try await TestServer.serving(dataset) { server in
            let client = try await server.open(device)
            // In one piece, so that all requests are there before the first answer is.
            try await client.send(bytes: (1...17).flatMap { frame(try pull(), $0) })
            var (complete, busy): (Set<ExchangeID>, Set<ExchangeID>) = ([], [])
            while complete.count + busy.count < 17 {
                switch try await client.next() {
                case (.complete, let exchange): complete.insert(exchange)
                case (.error(let error), let exchange):
                    #expect(error.code == .busy)
                    busy.insert(exchange)
                default: continue
                }
            }
            #expect(busy == [ExchangeID(17)])
        }
    }

    @Test func aPingIsAnsweredInTheMiddleOfALargePull() async throws {
        let dataset = try TestDataset.large()
        let device = try TestDevice(enrolledAs: "lea", in: dataset)
        try await TestServer.serving(dataset) { server in
            let client = try await server.open(device)
            client.send(try pull(), 1)
            client.send(.ping(Ping(content: 99)))
            while true {
                let (message, _) = try await client.next()
                if message == .pong(Pong(answering: Ping(content: 99))) { break }
                guard message.type != .complete else { throw Unexpected("the ping waited for the pull") }
            }
        }
    }

    @Test func aMessageOfALaterVersionIsAnsweredAndTheConnectionGoesOn() async throws {
        let dataset = try TestDataset(at: Clock.system.now())
        let device = try TestDevice(enrolledAs: "lea", in: dataset)
        try await TestServer.serving(dataset) { server in
            let client = try await server.open(device)
            for size in [0, 1, 65_536] {
                var buffer = ByteBuffer()
                Frame(type: 200, isLast: true, exchange: ExchangeID(4), payload: ByteBuffer(repeating: 9, count: size))
                    .write(into: &buffer)
                try await client.send(bytes: Array(buffer.readableBytesView))
                try await client.expectError(.unknownMessage, 4)
            }
            try await client.pullAll(.all, 4)
        }
    }

    @Test func anExchangeInUseEndsTheConnection() async throws {
        let dataset = try TestDataset.large()
        let device = try TestDevice(enrolledAs: "lea", in: dataset)
        try await TestServer.serving(dataset) { server in
            let client = try await server.open(device)
            try await client.send(bytes: frame(try pull(), 1) + frame(try pull(), 1))
            try await client.expectError(.protocolViolation)
            await client.expectClosed()
        }
    }
}
