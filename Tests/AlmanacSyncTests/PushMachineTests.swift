import AlmanacModel
import AlmanacWire
import Testing

@testable import AlmanacSync

/// A device's push, event by event.
struct PushMachineTests {
    private typealias Event = PushMachine.Event

    private static func machine(epoch: UInt64? = nil) throws -> PushMachine {
        let hello = try ClientHello(software: "almanac/test", dataset: try Making.dataset)
        return PushMachine(plan: .init(hello: hello, epoch: epoch.map(Epoch.init)))
    }

    /// In words: what the owner is asked to do.
    private static func sketch(_ actions: [PushMachine.Action]) -> [String] {
        actions.map { action in
            switch action {
            case .send(let message, let exchange): "send \(message.type.name) on \(exchange)"
            case .greet: "greet"
            case .supply: "supply"
            case .accept: "accept"
            case .adopt: "adopt"
            case .fail(.refused(let error)): "fail: refused \(error.code)"
            case .fail(.protocolViolation(let what)): "fail: \(what)"
            case .fail(let failure): "fail: \(failure)"
            case .close: "close"
            }
        }
    }

    private static func signature() throws -> Signature64 { try #require(Signature64(bytes: [UInt8](repeating: 1, count: 64))) }

    private static func sheet(_ numbers: [UInt8]) throws -> Push {
        let collection = try #require(CollectionID(16))
        let operations = try numbers.map { number in
            try #require(
                Operation(id: Making.uniqueID(number), time: Making.now, changes: [.make(collection, in: nil, values: [])]))
        }
        let sheet = try OperationSheet(dataset: Making.dataset, key: [1], operations: operations.map { SentOperation($0) })
        return try Push(sheet: Signed(sheet, signature: signature()))
    }

    private static func receipts(_ numbers: [UInt8], epoch: UInt64 = 5) throws -> Message {
        let receipts = try numbers.map { number in
            Receipt(
                operation: try Making.uniqueID(number), content: .zero, outcome: .applied(.init(sequence: Making.sequence(9))))
        }
        let sheet = try ReceiptSheet(dataset: Making.dataset, epoch: Epoch(epoch), delegation: 1, receipts: receipts)
        return .receipts(try Receipts(sheet: Signed(sheet, signature: signature())))
    }

    /// Asked for the first sheet.
    private static func pushing() throws -> PushMachine {
        var machine = try machine()
        #expect(sketch(machine.handle(.connected, now: Making.now)) == ["send client_hello on 0"])
        #expect(sketch(machine.handle(.received(try Making.hello(), Making.connection), now: Making.now)) == ["greet"])
        #expect(sketch(machine.handle(.greeted, now: Making.now)) == ["supply"])
        return machine
    }

    private static func handle(_ machine: inout PushMachine, _ event: Event) -> [String] {
        sketch(machine.handle(event, now: Making.now))
    }

    @Test func oneSheetIsSentAnsweredAndStored() throws {
        var machine = try Self.pushing()
        #expect(Self.handle(&machine, .sheet(try Self.sheet([1, 2]))) == ["send push on 2", "supply"])
        #expect(Self.handle(&machine, .nothingLeft) == [])
        #expect(Self.handle(&machine, .received(try Self.receipts([1, 2]), ExchangeID(2))) == ["accept"])
        #expect(Self.handle(&machine, .stored) == ["close"])
        #expect(machine.deadline == nil)
        #expect(Self.handle(&machine, .disconnected(.cut)) == [])
    }

    @Test func nothingToSendEndsAtOnce() throws {
        var machine = try Self.pushing()
        #expect(Self.handle(&machine, .nothingLeft) == ["close"])
    }

    @Test func fourAreOnTheirWayAtMost() throws {
        var machine = try Self.pushing()
        for number in 1...3 as ClosedRange<UInt8> {
            #expect(Self.handle(&machine, .sheet(try Self.sheet([number]))) == ["send push on \(number + 1)", "supply"])
        }
        #expect(Self.handle(&machine, .sheet(try Self.sheet([4]))) == ["send push on 5"])
        // In any order.
        #expect(Self.handle(&machine, .received(try Self.receipts([3]), ExchangeID(4))) == ["accept"])
        #expect(Self.handle(&machine, .stored) == ["supply"])
        #expect(Self.handle(&machine, .sheet(try Self.sheet([5]))) == ["send push on 6"])
    }

    @Test func receiptsOfOtherOperationsAreAViolation() throws {
        for numbers in [[2, 1], [1], [1, 2, 3], [1, 9]] as [[UInt8]] {
            var machine = try Self.pushing()
            _ = machine.handle(.sheet(try Self.sheet([1, 2])), now: Making.now)
            #expect(
                Self.handle(&machine, .received(try Self.receipts(numbers), ExchangeID(2)))
                    == ["fail: receipts that are not those of the operations that were sent", "close"])
        }
        var machine = try Self.pushing()
        _ = machine.handle(.sheet(try Self.sheet([1])), now: Making.now)
        #expect(
            Self.handle(&machine, .received(try Self.receipts([1]), ExchangeID(3)))
                == ["fail: receipts on exchange 3, which nobody opened", "close"])
    }

    @Test func receiptsOfAnotherHistoryAreAViolation() throws {
        var machine = try Self.pushing()
        _ = machine.handle(.sheet(try Self.sheet([1])), now: Making.now)
        #expect(
            Self.handle(&machine, .received(try Self.receipts([1], epoch: 6), ExchangeID(2)))
                == ["fail: receipts of epoch 6 on a connection of epoch 5", "close"])
    }

    @Test func aNewerChainIsAskedForWhileReceiptsWait() throws {
        var machine = try Self.pushing()
        _ = machine.handle(.sheet(try Self.sheet([1])), now: Making.now)
        _ = machine.handle(.nothingLeft, now: Making.now)
        #expect(Self.handle(&machine, .received(try Self.receipts([1]), ExchangeID(2))) == ["accept"])
        #expect(Self.handle(&machine, .chainNeeded) == ["send chain_request on 1"])
        #expect(Self.handle(&machine, .chainNeeded) == [])
        let answer = Message.delegationChain(try DelegationChainMessage(chain: Making.chain()))
        #expect(Self.handle(&machine, .received(answer, ExchangeID(1))) == ["adopt"])
        #expect(Self.handle(&machine, .stored) == ["close"])
    }

    @Test func refusalsEndItAndTellWhy() throws {
        var machine = try Self.pushing()
        _ = machine.handle(.sheet(try Self.sheet([1])), now: Making.now)
        #expect(
            Self.handle(&machine, .received(Making.error(.notAllowed), ExchangeID(2))) == ["fail: refused not_allowed", "close"])
        var other = try Self.pushing()
        #expect(
            Self.handle(&other, .received(Making.error(.busy), ExchangeID(2)))
                == ["fail: an error on exchange 2, which nobody opened", "close"])
    }

    @Test func aServerThatLeavesStillAnswersWhatIsOpen() throws {
        var machine = try Self.pushing()
        _ = machine.handle(.sheet(try Self.sheet([1])), now: Making.now)
        let farewell = Message.goingAway(try GoingAway(sentence: "bye"))
        #expect(Self.handle(&machine, .received(farewell, Making.connection)) == [])
        // What the owner had been asked for is not sent any more.
        #expect(Self.handle(&machine, .sheet(try Self.sheet([2]))) == [])
        #expect(Self.handle(&machine, .received(try Self.receipts([1]), ExchangeID(2))) == ["accept"])
        #expect(Self.handle(&machine, .stored) == ["close"])
    }

    @Test func anOlderEpochIsARollback() throws {
        var machine = try Self.machine(epoch: 6)
        _ = machine.handle(.connected, now: Making.now)
        let actions = Self.handle(&machine, .received(try Making.hello(), Making.connection))
        #expect(actions.last == "close")
        #expect(actions.first?.hasPrefix("fail: olderEpoch") == true)
    }

    @Test func aSilentServerIsGivenUp() throws {
        var machine = try Self.pushing()
        _ = machine.handle(.sheet(try Self.sheet([1])), now: Making.now)
        #expect(machine.handle(.tick, now: Making.now.advanced(by: .seconds(59))).isEmpty)
        #expect(Self.sketch(machine.handle(.tick, now: Making.now.advanced(by: .seconds(60)))) == ["fail: silent", "close"])
    }

    @Test func whatAServerDoesNotSendEndsIt() throws {
        var machine = try Self.pushing()
        let outline = try Making.outline(9, [("rankings", 2)])
        #expect(
            Self.handle(&machine, .received(outline, ExchangeID(2)))
                == ["fail: a server does not send outline, or not now", "close"])
    }
}
