import AlmanacSync
import AlmanacTransport
import AlmanacWire

/// What every machine of the client hears of its connection.
protocol MachineEvent {
    static func received(_ message: Message, _ exchange: ExchangeID) -> Self
    static func receivedUnknown(_ type: UInt8, _ exchange: ExchangeID) -> Self
    static func malformed(_ error: WireError) -> Self
    static func disconnected(_ ending: SessionFailure.Ending) -> Self
    static var interrupted: Self { get }
    static var tick: Self { get }
}

extension ClientMachine.Event: MachineEvent {}
extension EnrolmentMachine.Event: MachineEvent {}
extension PushMachine.Event: MachineEvent {}

extension ConnectionEvent {
    /// Throws what broke the connection, unless it was merely cut.
    func forMachine<Event: MachineEvent>() throws -> Event {
        switch self {
        case .inbound(.message(let message, let exchange)): .received(message, exchange)
        case .inbound(.unknown(let type, let exchange)): .receivedUnknown(type, exchange)
        case .inbound(.malformed(let error)): .malformed(error)
        case .failed(TLSError.truncated): .disconnected(.cut)
        case .failed(let error): throw error
        case .closed: .disconnected(.closed)
        case .tick: .tick
        case .interrupted: .interrupted
        }
    }
}
