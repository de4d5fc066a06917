import AlmanacWire

/// Something of Almanac that takes bytes from outside the process: a decoder, or a machine that is fed by a peer.
///
/// The raw value names its folder in `Tests/Fuzz/Corpus`.
public enum FuzzTarget: String, CaseIterable, Sendable {
    /// The bytes of a connection, as a server and as a client receive them, and the messages in them.
    case clientFrames = "client-frames"
    case serverFrames = "server-frames"
    /// A type, an exchange and a payload, made into a frame that fits.
    case messages
    /// The payload of a window as it comes.
    case windows
    /// A window that is put together by rules, so that most of its lengths fit.
    case chunks
    case values
    case records
    case statements
    case proofs
    /// What people write in one line: dates, decimals, names.
    case texts
    case invitations
    case certificates
    case json
    case descriptors
    case mappings
    case csv
    /// A CSV file under a table's description.
    case tables
    /// What the schema's records keep as text, of packages and fields.
    case properties
    /// A local file as a sync writes it and a crash or a person leaves it: the spool, a context's settings, what the last sync left.
    case spool
    case settings
    case lastSync = "last-sync"
    /// What stands in a cell of a replica or of an authority's file.
    case cells
    /// Windows of a schema and of records, made into a replica.
    case replicas
    /// What is heard at a server's status socket.
    case status
    /// The two sides' protocol machines, with a peer that does what it likes.
    case serverMachine = "server-machine"
    case clientMachine = "client-machine"
    case enrolmentMachine = "enrolment-machine"

    /// Gives the bytes to the target. Bytes that are refused are no finding.
    ///
    /// - Throws: ``Finding``, when an invariant of the target does not hold.
    public func run(_ bytes: [UInt8]) throws {
        switch self {
        case .clientFrames: try FrameFuzzing.run(bytes, from: .client)
        case .serverFrames: try FrameFuzzing.run(bytes, from: .server)
        case .messages: try MessageFuzzing.run(bytes)
        case .windows: try WindowFuzzing.run(bytes)
        case .chunks: try ChunkFuzzing.run(bytes)
        case .values: try ValueFuzzing.run(bytes)
        case .records: try RecordFuzzing.run(bytes)
        case .statements: try StatementFuzzing.run(bytes)
        case .proofs: try ProofFuzzing.run(bytes)
        case .texts: try TextFuzzing.run(bytes)
        case .invitations: try InvitationFuzzing.run(bytes)
        case .certificates: try CertificateFuzzing.run(bytes)
        case .json: try JSONFuzzing.run(bytes)
        case .descriptors: try DescriptorFuzzing.run(bytes)
        case .mappings: try MappingFuzzing.run(bytes)
        case .csv: try CSVFuzzing.run(bytes)
        case .tables: try TableFuzzing.run(bytes)
        case .properties: try PropertyFuzzing.run(bytes)
        case .spool: try SpoolFuzzing.run(bytes)
        case .settings: try ContextFuzzing.runSettings(bytes)
        case .lastSync: try ContextFuzzing.runLastSync(bytes)
        case .cells: try CellFuzzing.run(bytes)
        case .replicas: try ReplicaFuzzing.run(bytes)
        case .status: try StatusFuzzing.run(bytes)
        case .serverMachine: try ServerMachineFuzzing.run(bytes)
        case .clientMachine: try ClientMachineFuzzing.run(bytes)
        case .enrolmentMachine: try EnrolmentMachineFuzzing.run(bytes)
        }
    }
}
