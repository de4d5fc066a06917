import AlmanacModel
import AlmanacWire

@testable import AlmanacSync

/// Actions in a few words, to compare lists of them.
enum Sketch {
    static func of(_ actions: [ClientMachine.Action]) -> [String] {
        actions.map { action in
            switch action {
            case .send(let message, let exchange): "send \(message.type.name) on \(exchange)"
            case .greet: "greet"
            case .announce: "announce"
            case .store: "store"
            case .complete(_, let streams): "complete \(streams.map(\.rawValue).joined(separator: " "))"
            case .reached(_, let streams): "reached \(streams.map(\.rawValue).joined(separator: " "))"
            case .adopt: "adopt"
            case .fail(.protocolViolation(let what)): "fail: \(what)"
            case .fail: "fail"
            case .close: "close"
            }
        }
    }

    static func of(_ actions: [EnrolmentMachine.Action]) -> [String] {
        actions.map { action in
            switch action {
            case .send(let message, let exchange): "send \(message.type.name) on \(exchange)"
            case .checkAuthority: "check"
            case .accept: "accept"
            case .fail: "fail"
            case .close: "close"
            }
        }
    }

    static func failure(_ actions: [ClientMachine.Action]) -> SessionFailure? {
        for case .fail(let failure) in actions { return failure }
        return nil
    }

    static func failure(_ actions: [EnrolmentMachine.Action]) -> SessionFailure? {
        for case .fail(let failure) in actions { return failure }
        return nil
    }
}
