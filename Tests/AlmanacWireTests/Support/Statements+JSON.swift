import AlmanacModel
import AlmanacWire

extension Delegation {
    var json: JSON {
        let content =
            switch subject {
            case .certificateAuthority(let certificate): certificate
            case .checkpointKey(let key): key.bytes
            }
        return [
            "dataset": .string(dataset.description), "kind": .number(subject.kind.rawValue), "number": .number(number),
            "from": .string(from.description), "until": .string(until.description), "subject": .string(Hex.encode(content)),
        ]
    }
}

extension Checkpoint {
    var json: JSON {
        [
            "dataset": .string(dataset.description), "epoch": .number(epoch.rawValue),
            "sequence": .number(sequence.rawValue), "chain": .string(chain.description),
            "time": .string(time.description), "root": .string(root.description), "delegation": .number(delegation),
        ]
    }
}

extension Signed {
    var json: JSON {
        let content =
            (statement as? Checkpoint)?.json ?? (statement as? Delegation)?.json ?? (statement as? OperationSheet)?.json
            ?? (statement as? ReceiptSheet)?.json ?? .null
        return ["statement": content, "signature": .string(Hex.encode(signature.bytes))]
    }
}

extension DelegationChain {
    var json: JSON {
        [
            "root_key": .string(rootKey.description), "certificate_authority": certificateAuthority.json,
            "checkpoint_key": checkpointKey.json,
        ]
    }
}

extension StreamProof {
    var json: JSON {
        let steps = path.map { step -> JSON in
            switch step {
            case .left(let hash): ["left": .string(hash.description)]
            case .right(let hash): ["right": .string(hash.description)]
            }
        }
        return [
            "salt": .string(Hex.encode(salt.bytes)), "last_change": .number(lastChange.rawValue), "count": .number(count),
            "digest_hash": .string(digestHash.description), "path": .array(steps),
        ]
    }
}

extension CommitHeader {
    var json: JSON {
        [
            "salt": .string(Hex.encode(salt.bytes)), "time": .string(time.description), "author": .string(author.string),
            "message": .string(message.string),
        ]
    }
}
