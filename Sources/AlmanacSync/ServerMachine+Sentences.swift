import AlmanacModel
import AlmanacWire

extension ServerMachine.Identity {
    /// Nil when the name of the dataset or the software is above its cap.
    func hello(_ access: Access, _ role: Role?) -> ServerHello? {
        try? ServerHello(
            software: Text(cutting: software, to: Caps.software), dataset: dataset, epoch: epoch,
            name: Text(cutting: name, to: Caps.datasetName), access: access,
            extensions: role.map(Extensions.role) ?? .none)
    }
}

extension ErrorMessage {
    /// For messages that decode and are out of place.
    static func violation(_ sentence: String) -> ErrorMessage { refusal(.protocolViolation, sentence) }

    static let notHello = violation("the first message has to be the client's hello")
}

extension GoingAway {
    /// A farewell in the words of this program, as actions.
    static func actions(_ sentence: String) -> [ServerMachine.Action] {
        guard let farewell = try? GoingAway(sentence: Text(cutting: sentence, to: Caps.sentence)) else { return [] }
        return [.send(.goingAway(farewell), .connection)]
    }
}
