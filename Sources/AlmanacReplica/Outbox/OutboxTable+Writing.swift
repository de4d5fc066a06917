import AlmanacModel
import AlmanacWire
import GRDB

extension OutboxTable {
    func add(_ draft: OutboxDraft, retryOf old: UniqueID?, now: Instant) throws -> OutboxEntry {
        let sent = SentOperation(draft.operation)
        guard sent.bytes.count <= Caps.operation else {
            throw OutboxError.tooLarge(ByteCount(sent.bytes.count), cap: ByteCount(Caps.operation))
        }
        if let there = try entry(sent.id) {
            guard there.operation == sent else { throw OutboxError.otherContent(sent.id) }
            return there
        }
        let tip: [Argument] =
            draft.tip.map { [.integer(Int64(clamping: $0.epoch.rawValue)), .sequence($0.sequence)] } ?? [.null, .null]
        try database.run(
            """
            INSERT INTO entry (id, operation, added, summary, tip_epoch, tip_sequence, state, retry_of, scope)
            VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?)
            """,
            [.blob(sent.id.bytes), .blob(sent.bytes), .instant(now), .text(draft.summary.string)] + tip
                + [old.map { .blob($0.bytes) } ?? .null, .integer(OperationScope(of: draft.operation).rawValue)])
        return try needed(sent.id)
    }

    /// The text of what somebody did not want is overwritten.
    func remove(_ id: UniqueID) throws {
        try database.execute(sql: "PRAGMA secure_delete = ON")
        try database.run("DELETE FROM entry WHERE id = ?", [.blob(id.bytes)])
        try removeUnusedSheets()
    }

    func markSent(_ entries: [OutboxEntry]) throws {
        for entry in entries where entry.state == .waiting {
            try database.run("UPDATE entry SET state = 2 WHERE number = ? AND state = 1", [.integer(entry.number)])
        }
    }

    // MARK: Receipts

    func store(_ sheet: Signed<ReceiptSheet>, now: Instant) throws -> [OutboxEntry] {
        let epoch = sheet.statement.epoch
        let answered = try sheet.statement.receipts.compactMap { receipt -> (OutboxEntry, Receipt)? in
            guard let entry = try entry(receipt.operation) else { return nil }
            try require(receipt, isAbout: entry)
            return isNews(entry, epoch) ? (entry, receipt) : nil
        }
        guard !answered.isEmpty else { return [] }
        let number = try put(sheet)
        for (entry, receipt) in answered { try settle(entry, receipt, epoch, sheet: number, now: now) }
        return try answered.map { try needed($0.0.id) }
    }

    /// A receipt never changes; another one of the same history has nothing to add.
    private func isNews(_ entry: OutboxEntry, _ epoch: Epoch) -> Bool {
        switch entry.state {
        case .waiting, .sent: true
        case .applied(let settled): settled.epoch < epoch
        case .rejected: false
        }
    }

    private func require(_ receipt: Receipt, isAbout entry: OutboxEntry) throws {
        guard try Hash32(hashing: entry.operation.bytes) == receipt.content else {
            throw ReceiptFlaw.otherContent(receipt.operation)
        }
        guard case .applied(let applied) = receipt.outcome, let operation = try? entry.operation.decode() else { return }
        let count = operation.changes.count { if case .make = $0 { true } else { false } }
        guard applied.made.count == count else { throw ReceiptFlaw.madeCount(receipt.operation) }
    }

    private func settle(_ entry: OutboxEntry, _ receipt: Receipt, _ epoch: Epoch, sheet: Int64, now: Instant) throws {
        let (state, sequence): (Code, Argument) =
            switch receipt.outcome {
            case .applied(let applied): (.applied, .sequence(applied.sequence))
            case .rejected: (.rejected, .null)
            }
        try database.run(
            "UPDATE entry SET state = ?, epoch = ?, sequence = ?, sheet = ?, outcome = ?, settled = ? WHERE number = ?",
            [
                .integer(state.rawValue), .integer(Int64(clamping: epoch.rawValue)), sequence, .integer(sheet),
                .blob(receipt.outcome.encoded), .instant(now), .integer(entry.number),
            ])
    }

    private func put(_ sheet: Signed<ReceiptSheet>) throws -> Int64 {
        let content = Argument.blob(sheet.encoded)
        try database.run("INSERT INTO sheet (content) VALUES (?) ON CONFLICT (content) DO NOTHING", [content])
        let stored = try database.row("SELECT number FROM sheet WHERE content = ?", [content]) { $0.integer(0) }
        guard let number = stored else {
            throw OutboxError.damaged(path: path, "a sheet of receipts is not where it was put")
        }
        return number
    }

    func sheets() throws -> [Signed<ReceiptSheet>] {
        try database.rows("SELECT content, number FROM sheet ORDER BY number") { row in
            guard let sheet = try? Signed<ReceiptSheet>.decode(row.bytes(0)) else {
                throw OutboxError.damaged(path: path, "sheet \(row.integer(1)) of receipts")
            }
            return sheet
        }
    }

    private func removeUnusedSheets() throws {
        try database.run("DELETE FROM sheet WHERE number NOT IN (SELECT sheet FROM entry WHERE sheet IS NOT NULL)")
    }

    // MARK: Histories

    func hasApplied(before epoch: Epoch) throws -> Bool {
        let number = Argument.integer(Int64(clamping: epoch.rawValue))
        return try database.row("SELECT 1 FROM entry WHERE state = 3 AND epoch < ? LIMIT 1", [number]) { _ in } != nil
    }

    /// The receipts stay: they tell which records were made.
    func reopen(before epoch: Epoch) throws -> Int {
        try database.run(
            "UPDATE entry SET state = 2 WHERE state = 3 AND epoch < ?", [.integer(Int64(clamping: epoch.rawValue))])
    }

    func hasSettled(before end: Instant) throws -> Bool {
        try database.row("SELECT 1 FROM entry WHERE state = 3 AND settled < ? LIMIT 1", [.instant(end)]) { _ in } != nil
    }

    func prune(before end: Instant, shown cursor: AlmanacModel.Cursor) throws {
        try database.run(
            "DELETE FROM entry WHERE state = 3 AND settled < ? AND epoch = ? AND sequence <= ?",
            [.instant(end), .integer(Int64(clamping: cursor.epoch.rawValue)), .sequence(cursor.sequence)])
        try removeUnusedSheets()
    }
}
