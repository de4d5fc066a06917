import AlmanacModel

/// The root key's word that another key speaks for the dataset for some time.
public struct Delegation: Statement {
    public static let context = "almanac/1 delegation"

    public let dataset: UniqueID
    /// Greater than that of every earlier delegation of its kind; at most `Int64.max`.
    public let number: UInt64
    public let from: Instant
    public let until: Instant
    public let subject: DelegationSubject

    /// Refuses times before 1970, and an end before the beginning.
    public init(
        dataset: UniqueID, number: UInt64, from: Instant, until: Instant, subject: DelegationSubject
    ) throws(WireError) {
        guard number <= UInt64(Int64.max) else { throw .outOfRange("number of a delegation") }
        guard from.milliseconds >= 0, from <= until else { throw .outOfRange("time of a delegation") }
        self.dataset = dataset
        self.number = number
        self.from = from
        self.until = until
        self.subject = subject
    }

    public func isValid(at time: Instant) -> Bool { from <= time && time <= until }
}

/// The key that a delegation is about.
public enum DelegationSubject: Hashable, Sendable {
    /// The certificate of the authority that issues certificates: X.509, DER.
    case certificateAuthority([UInt8])
    /// The key that signs checkpoints.
    case checkpointKey(PublicKey32)

    /// Its code on the wire.
    public var kind: DelegationKind {
        switch self {
        case .certificateAuthority: .certificateAuthority
        case .checkpointKey: .checkpointKey
        }
    }
}

/// What a delegated key may do. The raw value is its code on the wire.
public enum DelegationKind: UInt8, Hashable, Sendable, CaseIterable {
    case certificateAuthority = 1
    case checkpointKey = 2
}

extension Delegation {
    public func write(to writer: inout WireWriter) {
        writer.fixed(dataset)
        writer.u8(subject.kind.rawValue)
        writer.varint(number)
        writer.instant(from)
        writer.instant(until)
        switch subject {
        case .certificateAuthority(let certificate): writer.bytes(certificate)
        case .checkpointKey(let key): writer.bytes(key.bytes)
        }
    }

    public init(from reader: inout WireReader) throws(WireError) {
        let dataset = try reader.uniqueID("dataset")
        let code = try reader.u8("kind of a delegation")
        guard let kind = DelegationKind(rawValue: code) else { throw .unknownCode("kind of a delegation", code: UInt64(code)) }
        try self.init(
            dataset: dataset, number: try reader.storable("number of a delegation"),
            from: try reader.instant("time of a delegation"), until: try reader.instant("time of a delegation"),
            subject: try DelegationSubject(kind, from: &reader))
    }
}

extension DelegationSubject {
    fileprivate init(_ kind: DelegationKind, from reader: inout WireReader) throws(WireError) {
        let bytes = try reader.bytes("subject of a delegation")
        switch kind {
        case .certificateAuthority: self = .certificateAuthority(bytes)
        case .checkpointKey:
            guard let key = PublicKey32(bytes: bytes) else { throw .outOfRange("subject of a delegation") }
            self = .checkpointKey(key)
        }
    }
}
