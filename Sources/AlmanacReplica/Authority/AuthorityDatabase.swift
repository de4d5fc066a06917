import AlmanacCrypto
import AlmanacModel
import AlmanacWire
import Foundation
import GRDB

/// The authority's SQLite file: every record with its history, the commits, people and devices.
///
/// Several processes may have it open; SQLite's own lock orders their commits. A commit that has returned is on disk
/// (`synchronous=FULL`; the write-ahead log is synced before readers see it).
public final class AuthorityDatabase: Sendable {
    let pool: DatabasePool
    let teamReader = TeamReader()
    private let limits: DeltaReader.Limits

    /// What a new dataset is.
    public struct Identity: Sendable {
        public let dataset: UniqueID
        public let epoch: Epoch
        public let name: String

        public init(dataset: UniqueID, epoch: Epoch, name: String) {
            self.dataset = dataset
            self.epoch = epoch
            self.name = name
        }
    }

    private init(pool: DatabasePool, limits: DeltaReader.Limits) {
        self.pool = pool
        self.limits = limits
    }

    // MARK: Opening

    /// Makes a new file with the schema of schemas and its first commit. It appears under its name when it is whole, readable for its
    /// owner alone.
    public static func create(path: String, identity: Identity, time: Instant) throws -> AuthorityDatabase {
        guard !FileManager.default.fileExists(atPath: path) else {
            throw ReplicaError.refused("there is a dataset in \(path) already")
        }
        let file = NewDatabaseFile(path: path)
        try file.build { newPath in
            let database = AuthorityDatabase(pool: try open(newPath), limits: DeltaReader.Limits())
            try database.pool.write { try AuthoritySchema.create(in: $0, identity: identity) }
            try database.commit(author: "almanacd", message: "A new dataset: \(identity.name)", time: time) { session in
                guard let id = RecordID(1) else { return }
                try session.put(
                    SystemSchema.package, id, [FieldValue(SystemSchema.PackageField.name, .text(Text(identity.name)))])
            }
            try database.close()
        }
        return try open(existing: path)
    }

    /// Opens a dataset that is there. Throws ``ReplicaError`` for a missing, foreign, newer or damaged file.
    public static func open(existing path: String) throws -> AuthorityDatabase {
        try open(existing: path, limits: DeltaReader.Limits())
    }

    static func open(existing path: String, limits: DeltaReader.Limits) throws -> AuthorityDatabase {
        guard FileManager.default.fileExists(atPath: path) else { throw ReplicaError.missing(path: path) }
        return try FileFormat.opening(path) {
            let database = AuthorityDatabase(pool: try open(path), limits: limits)
            try database.pool.read { try FileFormat.authority.check($0, path: path) }
            if try !database.pool.read(AuthoritySchema.isComplete) { try database.pool.write(AuthoritySchema.complete) }
            return database
        }
    }

    private static func open(_ path: String) throws -> DatabasePool {
        var configuration = Configuration()
        configuration.busyMode = .timeout(30)
        // More than a server has threads that read: none waits for another's connection.
        configuration.maximumReaderCount = 8
        configuration.prepareDatabase(FileFormat.prepare)
        return try DatabasePool(path: path, configuration: configuration)
    }

    /// Checkpoints the log and closes the file.
    public func close() throws { try pool.close() }

    // MARK: The head

    public func head() throws -> HeadState { try pool.read { try AuthoritySchema.head($0) } }

    /// The dataset's name.
    public func name() throws -> String {
        let name = try pool.read { database in
            try database.row("SELECT name FROM almanac_authority") { try $0.text(0, of: "the dataset's name") }
        }
        guard let name else { throw ReplicaError.damaged("the dataset's name") }
        return name
    }

    public func schema() throws -> Schema {
        try pool.read { try SchemaReader.schema(RecordTables($0, kind: .served)) }
    }

    // MARK: Committing

    /// Makes one commit of what the body changes, or none if it changes nothing; an error leaves everything as it was.
    ///
    /// Returns once the commit is durable.
    @discardableResult
    public func commit(
        author: String, message: String, time: Instant, _ body: (CommitSession) throws -> Void
    ) throws -> Commit? {
        try pool.writeWithoutTransaction { database in
            var commit: Commit?
            try database.inTransaction(.immediate) {
                commit = try Self.commit(database, author: author, message: message, time: time, body)
                return commit == nil ? .rollback : .commit
            }
            return commit
        }
    }

    private static func commit(
        _ database: Database, author: String, message: String, time: Instant, _ body: (CommitSession) throws -> Void
    ) throws -> Commit? {
        let head = try AuthoritySchema.head(database)
        let session = try CommitSession(RecordTables(database, kind: .served), sequence: head.nextSequence)
        try body(session)
        let title = Title(author: author, message: message, time: time)
        return try finish(session, title, after: head, in: database)?.commit
    }

    /// What a commit says of itself.
    struct Title {
        let author: String
        let message: String
        let time: Instant
    }

    /// Ends a commit that follows this head; nil if nothing has changed.
    static func finish(
        _ session: CommitSession, _ title: Title, after head: HeadState, in database: Database
    ) throws -> (commit: Commit, head: HeadState)? {
        guard try session.finish(salt: randomSalt) else { return nil }
        let header = try CommitHeader(
            salt: randomSalt(), time: title.time, author: Text(title.author), message: Text(title.message))
        let commit = Commit(sequence: session.sequence, header: header)
        return (
            commit,
            try AuthoritySchema.append(commit, root: session.root(), after: head, in: database, counter: session.tables.counter)
        )
    }

    private static func randomSalt() throws -> Salt {
        guard let salt = Salt(bytes: try SecureRandom.bytes(Salt.byteCount)) else {
            throw ReplicaError.refused("there is no randomness")
        }
        return salt
    }

    // MARK: Reading deltas

    /// The next piece of a delta, read in one short snapshot. The filter says which streams the reader may read.
    public func readDelta(_ request: DeltaRequest, mayRead: @Sendable (StreamName) -> Bool) throws -> DeltaStep {
        try readDelta(request, counter: nil, mayRead: mayRead)
    }

    /// The same at this head, for who knows what may be read at it; nil if the head is another by now.
    public func readDelta(
        _ request: DeltaRequest, at head: HeadState, mayRead: @Sendable (StreamName) -> Bool
    ) throws -> DeltaStep? {
        try pool.read { database in
            guard try AuthoritySchema.head(database) == head else { return nil }
            return try step(request, database, head, counter: nil, mayRead: mayRead)
        }
    }

    func readDelta(_ request: DeltaRequest, counter: RowCounter?, mayRead: (StreamName) -> Bool) throws -> DeltaStep {
        try pool.read { database in
            let head = try AuthoritySchema.head(database, counter: counter)
            return try step(request, database, head, counter: counter, mayRead: mayRead)
        }
    }

    private func step(
        _ request: DeltaRequest, _ database: Database, _ head: HeadState, counter: RowCounter?, mayRead: (StreamName) -> Bool
    ) throws -> DeltaStep {
        let tables = RecordTables(database, kind: .served, counter: counter)
        let reader = try DeltaReader(tables, head: head, limits: limits) {
            try AuthoritySchema.header(of: $0, in: database, counter: counter)
        }
        return try reader.step(request, mayRead: mayRead)
    }
}
