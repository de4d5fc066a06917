import AlmanacModel
import AlmanacReplica
import AlmanacWire

/// An event of the history for programs.
struct EventReport: Encodable {
    let messageType: String
    let time: String
    /// The operator's user name, the device's person, or the commit's author.
    let actor: String
    let device: String?
    let act: String
    let person: String?
    let detail: String
    /// Of a commit, whose message is the detail.
    let sequence: UInt64?

    init(_ event: HistoryEvent) {
        time = event.time.description
        switch event {
        case .act(let entry):
            (messageType, act, person, detail, sequence) = ("act", entry.act.rawValue, entry.person, entry.detail, nil)
            (actor, device) =
                switch entry.actor {
                case .operator(let name): (name, nil)
                case .device(let device, let person): (person, device)
                }
        case .commit(let commit):
            (messageType, act, person, device) = ("commit", "committed", nil, nil)
            (actor, detail) = (commit.header.author.string, commit.header.message.string)
            sequence = commit.sequence.rawValue
        }
    }
}
