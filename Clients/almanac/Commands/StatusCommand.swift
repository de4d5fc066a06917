import AlmanacClient
import AlmanacModel
import AlmanacReplica
import AlmanacWire
import ArgumentParser

struct StatusCommand: AlmanacCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "What is here, how old it is, and whether it was verified.")

    @OptionGroup var options: GlobalOptions

    func execute(_ console: Console) async throws {
        let chosen = try options.chosen()
        let status = try ReplicaStatus.read(chosen, now: SystemClock.now())
        if console.isJSON {
            try console.message("status", status.members)
        } else {
            for line in lines(status) { try console.line(console.glyphs.own(line)) }
            SyncCommand.warn(chosen.context, console)
        }
        if status.replica == nil { throw chosen.context.withoutReplica }
    }

    private func lines(_ status: ReplicaStatus) -> [String] {
        let title = "\(status.chosen.context.name) (chosen by: \(status.chosen.origin.rawValue))"
        let waiting = "\(written(status))certificate \(Words.count(status.certificateDays, "day"))"
        guard let replica = status.replica, let age = status.age else {
            return ["\(title)   no local copy yet", waiting]
        }
        let scrubbed = replica.scrubbed.map { "all rows read again \(Words.length(status.now.duration(since: $0))) ago" }
        return ["\(title)   \(replica.cursor.sequence), verified, \(Words.age(age))"]
            + (status.newerHead.map { ["a sync to \($0) was cut: almanac sync goes on there"] } ?? [])
            + [waiting] + streamLines(replica.streams) + [scrubbed ?? "rows never read again: almanac verify"]
    }

    /// `1 unsent   0 conflicts   `
    private func written(_ status: ReplicaStatus) -> String {
        let refused = status.outbox.rejected > 0 ? "\(status.outbox.rejected) refused   " : ""
        return "\(status.outbox.unsettled) unsent   \(refused)\(Words.count(status.conflicts, "conflict"))   "
    }

    private func streamLines(_ streams: [ReplicaState.Stream]) -> [String] {
        let width = streams.map(\.name.rawValue.count).max() ?? 0
        let counts = streams.map { Words.count($0.count, "record") }
        let countWidth = counts.map(\.count).max() ?? 0
        return zip(streams, counts).map { stream, count in
            "  \(stream.name.rawValue.padded(to: width))  \(count.padded(to: countWidth, isRight: true))  changed at \(stream.lastChange)"
        }
    }
}

extension String {
    fileprivate func padded(to width: Int, isRight: Bool = false) -> String {
        let padding = String(repeating: " ", count: max(0, width - count))
        return isRight ? padding + self : self + padding
    }
}

extension ReplicaStatus {
    fileprivate var members: [JSONMember] {
        let settings = chosen.context.settings
        return [
            JSONMember("context", .string(chosen.context.name)),
            JSONMember("chosen_by", .string(chosen.origin.rawValue)),
            JSONMember("address", .string(settings.address)),
            JSONMember("dataset", .string(settings.dataset)),
            JSONMember("name", .string(settings.datasetName)),
            JSONMember("person", .string(settings.person)),
            JSONMember("device", .string(settings.device)),
            JSONMember("certificate_until", .string(settings.until)),
            JSONMember("certificate_days", .count(certificateDays)),
            JSONMember("pull_under_way", .boolean(isPullUnderWay)),
            JSONMember("revoked", .string(settings.revoked)),
            JSONMember("unsent", .count(outbox.unsettled)),
            JSONMember("rejected", .count(outbox.rejected)),
            JSONMember("conflicts", .count(conflicts)),
            JSONMember("replica", replica.map { replicaObject($0) } ?? .null),
        ]
    }

    private func replicaObject(_ replica: ReplicaState) -> JSONValue {
        [
            "epoch": .count(replica.cursor.epoch.rawValue), "sequence": .count(replica.cursor.sequence.rawValue),
            "verified": true, "signed": .string(replica.checkpoint.statement.time), "synced": .string(replica.synced),
            "scrubbed": .string(replica.scrubbed), "age_seconds": .count(age?.components.seconds ?? 0),
            "streams": .array(
                replica.streams.map {
                    [
                        "name": .string($0.name), "records": .count($0.count), "last_change": .count($0.lastChange.rawValue),
                    ]
                }),
        ]
    }
}
