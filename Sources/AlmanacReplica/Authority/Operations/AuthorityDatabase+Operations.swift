import AlmanacModel
import AlmanacWire
import GRDB

extension AuthorityDatabase {
    /// Applies sheets of operations together, each operation at most once: effect, receipt and the ids of the records made are in one
    /// transaction, which is durable when this returns. Where it fails, nothing of it remains, and each sheet is tried alone.
    ///
    /// The body judges an operation by the rules; what it rejects leaves nothing but its receipt.
    ///
    /// - Returns: what has become of each sheet, in their order.
    public func apply(
        _ sheets: [PushedSheet], at now: Instant, judge: (Operation, OperationContext) throws -> OperationVerdict
    ) -> [PushOutcome] {
        do {
            return try applyTogether(sheets, at: now, judge: judge)
        } catch {
            guard !Self.concernsTheFile(error) else { return sheets.map { _ in .failed(error) } }
            guard sheets.count == 1, let sheet = sheets.first else {
                return applyAlone(sheets, at: now, judge: judge)
            }
            guard case ReplicaError.refused = error else { return [.failed(error)] }
            return [applyOneByOne(sheet, at: now, judge: judge)]
        }
    }

    /// Each in a transaction of its own. Once one of a device's has failed its later ones do: they may name what that one makes.
    private func applyAlone(
        _ sheets: [PushedSheet], at now: Instant, judge: (Operation, OperationContext) throws -> OperationVerdict
    ) -> [PushOutcome] {
        var failed: [Hash32: any Error] = [:]
        return sheets.flatMap { sheet in
            if let error = failed[sheet.fingerprint] { return [PushOutcome.failed(error)] }
            let outcomes = apply([sheet], at: now, judge: judge)
            if case .failed(let error)? = outcomes.last { failed[sheet.fingerprint] = error }
            return outcomes
        }
    }

    /// For a sheet of which the store refuses something that the rules let through: that operation is rejected, and no other.
    private func applyOneByOne(
        _ sheet: PushedSheet, at now: Instant, judge: (Operation, OperationContext) throws -> OperationVerdict
    ) -> PushOutcome {
        var receipts: [Receipt] = []
        for operation in sheet.operations {
            let alone = [PushedSheet(fingerprint: sheet.fingerprint, operations: [operation])]
            do {
                let outcome: [PushOutcome]
                do {
                    outcome = try applyTogether(alone, at: now, judge: judge)
                } catch ReplicaError.refused(let reason) {
                    outcome = try applyTogether(alone, at: now) { _, _ in .rejected(Receipt.Rejection(.invalid, reason)) }
                }
                guard case .settled(let settled)? = outcome.first else { return outcome.first ?? .settled(receipts) }
                receipts += settled
            } catch {
                return .failed(error)
            }
        }
        return .settled(receipts)
    }

    /// In one transaction, or not at all.
    func applyTogether(
        _ sheets: [PushedSheet], at now: Instant, counter: RowCounter? = nil,
        judge: (Operation, OperationContext) throws -> OperationVerdict
    ) throws -> [PushOutcome] {
        try pool.writeWithoutTransaction { database in
            var outcomes: [PushOutcome] = []
            try database.inTransaction(.immediate) {
                try withoutActuallyEscaping(judge) { judge in
                    let transaction = try PushTransaction(
                        database, openStreams: Self.openStreams(database), teams: teamReader.teams(database), now: now,
                        counter: counter, judge: judge)
                    outcomes = try sheets.map(transaction.apply)
                }
                return .commit
            }
            return outcomes
        }
    }

    /// Whether the next transaction would meet the same.
    private static func concernsTheFile(_ error: any Error) -> Bool {
        guard let error = error as? DatabaseError else { return false }
        return [.SQLITE_IOERR, .SQLITE_FULL, .SQLITE_BUSY, .SQLITE_READONLY, .SQLITE_NOMEM].contains(error.resultCode)
    }
}
