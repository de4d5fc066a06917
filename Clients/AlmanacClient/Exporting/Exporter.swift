import AlmanacModel
import AlmanacPackage
import AlmanacReplica

/// Writes what a replica holds as CSV, JSON or a data package: without the network, all of one head, row by row in constant memory,
/// by record id.
public struct Exporter {
    private let context: Context
    private let interruption: Interruption
    private let systemWrite: StagedFiles.SystemWrite?

    public init(_ context: Context, interruption: Interruption) {
        self.init(context, interruption: interruption, systemWrite: nil)
    }

    init(_ context: Context, interruption: Interruption, systemWrite: StagedFiles.SystemWrite?) {
        self.context = context
        self.interruption = interruption
        self.systemWrite = systemWrite
    }

    /// To a file or a folder: everything is there, whole, or nothing. The head is that of the call's beginning, whatever a sync does.
    public func export(_ request: ExportRequest, to path: String, isForced: Bool) throws -> ExportSummary {
        let listening = interruption.listen {}
        defer { interruption.stopListening(listening) }
        let files = systemWrite.map { StagedFiles(isForced: isForced, write: $0) } ?? StagedFiles(isForced: isForced)
        do {
            let summary = try read(request) { export in try export.write(into: files, path) }
            try files.commit { if interruption.isRequested { throw ClientError.interrupted } }
            return summary
        } catch {
            files.discard()
            throw error
        }
    }

    /// The rows of one collection, to standard output. With `isMessages`, each as `--json` writes it.
    public func export(_ request: ExportRequest, isMessages: Bool, sink: @escaping TextSink) throws -> ExportSummary {
        try read(request) { export in try export.write(to: sink, isMessages: isMessages) }
    }

    private func read(_ request: ExportRequest, _ body: (SnapshotExport) throws -> [ExportSummary.Table]) throws -> ExportSummary
    {
        try WorkingCopy.read(context) { copy in
            let snapshot = copy.snapshot
            try snapshot.lay(copy.overlay())
            let export = try SnapshotExport(
                snapshot, request, datasetName: context.settings.datasetName, interruption: interruption)
            return ExportSummary(
                cursor: snapshot.state.cursor, streams: snapshot.state.streams.map(\.name), tables: try body(export))
        }
    }
}
