import AlmanacModel
import AlmanacWire
import NIOCore

extension Message {
    /// The fields as the specification names them, and `message`.
    var json: JSON { .object(fields.merging(["message": .string(type.name)]) { first, _ in first }) }

    private var fields: [String: JSON] {
        switch self {
        case .clientHello(let message): message.fields
        case .serverHello(let message): message.fields
        case .enrol(let message): message.fields
        case .enrolled(let message): message.fields
        case .renew(let message):
            ["request": .string(Hex.encode(message.request)), "extensions": message.extensions.json]
        case .pull(let message): message.fields
        case .outline(let message):
            [
                "head": .number(message.head.rawValue), "entries": .array(message.entries.map(\.json)),
                "extensions": message.extensions.json,
            ]
        case .window(let message): message.header.fields
        case .complete(let message): message.fields
        case .reached(let message): message.end.fields
        case .push(let message): ["sheet": message.sheet.json, "extensions": message.extensions.json]
        case .receipts(let message): ["sheet": message.sheet.json, "extensions": message.extensions.json]
        case .cancel, .chainRequest: [:]
        case .delegationChain(let message): ["chain": message.chain.json, "extensions": message.extensions.json]
        case .ping(let message): ["content": .number(message.content)]
        case .pong(let message): ["content": .number(message.content)]
        case .goingAway(let message):
            ["sentence": .string(message.sentence.string), "extensions": message.extensions.json]
        case .error(let message): message.fields
        }
    }
}

extension ProtocolVersions {
    fileprivate var json: JSON { ["lowest": .number(lowest), "highest": .number(highest)] }
}

extension Complete {
    fileprivate var fields: [String: JSON] {
        [
            "checkpoint": checkpoint.json, "proofs": .array(proofs.map { $0?.json ?? .null }),
            "commit": commit?.json ?? .null, "extensions": extensions.json,
        ]
    }
}

extension Extensions {
    fileprivate var json: JSON {
        .array(entries.map { ["id": .number($0.id), "content": .string(Hex.encode($0.content))] })
    }
}

extension ClientHello {
    fileprivate var fields: [String: JSON] {
        [
            "versions": versions.json, "software": .string(software.string),
            "features": .array(features.ids.map { .number($0) }),
            "dataset": dataset.map { .string($0.description) } ?? .null, "checkpoint": checkpoint?.json ?? .null,
            "extensions": extensions.json,
        ]
    }
}

extension ServerHello {
    fileprivate var fields: [String: JSON] {
        [
            "versions": versions.json, "software": .string(software.string),
            "features": .array(features.ids.map { .number($0) }), "dataset": .string(dataset.description),
            "epoch": .number(epoch.rawValue), "name": .string(name.string), "access": .number(access.level.rawValue),
            "chain": access.chain?.json ?? .null, "checkpoint": access.checkpoint?.json ?? .null,
            "extensions": extensions.json,
        ]
    }
}

extension Enrol {
    fileprivate var fields: [String: JSON] {
        [
            "secret": .string(Hex.encode(secret.bytes)), "request": .string(Hex.encode(request)),
            "device_name": .string(deviceName.string), "extensions": extensions.json,
        ]
    }
}

extension Enrolled {
    fileprivate var fields: [String: JSON] {
        [
            "certificates": .array(certificates.map { .string(Hex.encode($0)) }), "person": .string(person.string),
            "role": .number(role.rawValue), "chain": chain.json, "extensions": extensions.json,
        ]
    }
}

extension PullRequest {
    fileprivate var fields: [String: JSON] {
        let streams = streams.map { stream -> JSON in
            let isBase = stream.position == Position(after: stream.base)
            return [
                "name": .string(stream.stream.rawValue), "base": .number(stream.base.rawValue),
                "position": isBase ? .null : stream.position.json,
            ]
        }
        return [
            "epoch": .number(epoch.rawValue), "highest_head": .number(highestHead.rawValue), "streams": .array(streams),
            "patterns": .array(patterns.map { .string($0.description) }), "extensions": extensions.json,
        ]
    }
}

extension OutlineEntry {
    fileprivate var json: JSON { ["stream": .string(stream.rawValue), "remaining": .number(remaining)] }
}

extension ErrorMessage {
    fileprivate var fields: [String: JSON] {
        var (number, after) = (0, Duration.zero)
        switch retry {
        case .no: break
        case .here(let duration): (number, after) = (1, duration)
        case .elsewhere: number = 2
        }
        return [
            "code": .number(code.rawValue), "fault": .number(fault.rawValue), "retry": .number(number),
            "after": .number(after.components.seconds * 1_000 + after.components.attoseconds / 1_000_000_000_000_000),
            "sentence": .string(sentence.string), "extensions": extensions.json,
        ]
    }
}
