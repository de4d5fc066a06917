/// What a connection may do, and what the server's hello shows to it.
public enum Access: Hashable, Sendable {
    /// No client certificate: it may only enrol.
    case enrol(DelegationChain)
    /// An expired certificate: it may only renew.
    case renew(DelegationChain)
    /// With the newest checkpoint that the server has, if it has one.
    case full(Signed<Checkpoint>?)

    public var level: AccessLevel {
        switch self {
        case .enrol: .enrol
        case .renew: .renew
        case .full: .full
        }
    }

    public var chain: DelegationChain? {
        switch self {
        case .enrol(let chain), .renew(let chain): chain
        case .full: nil
        }
    }

    public var checkpoint: Signed<Checkpoint>? {
        if case .full(let checkpoint) = self { checkpoint } else { nil }
    }
}

/// The raw value is its code on the wire.
public enum AccessLevel: UInt8, Hashable, Sendable, CaseIterable {
    case enrol = 0
    case renew = 1
    case full = 2
}

extension Access {
    func write(to writer: inout WireWriter) {
        writer.u8(level.rawValue)
        writer.optional(chain) { $1.write(to: &$0) }
        writer.optional(checkpoint) { $1.write(to: &$0) }
    }

    init(from reader: inout WireReader) throws(WireError) {
        let code = try reader.u8("access")
        guard let level = AccessLevel(rawValue: code) else { throw .unknownCode("access", code: UInt64(code)) }
        let chain = try reader.optional("delegation chain") { reader throws(WireError) in try DelegationChain(from: &reader) }
        let checkpoint: Signed<Checkpoint>? = try reader.optional("checkpoint") { reader throws(WireError) in
            try Signed(from: &reader)
        }
        switch (level, chain, checkpoint) {
        case (.enrol, .some(let chain), .none): self = .enrol(chain)
        case (.renew, .some(let chain), .none): self = .renew(chain)
        case (.full, .none, let checkpoint): self = .full(checkpoint)
        default: throw .inconsistent("access")
        }
    }
}
