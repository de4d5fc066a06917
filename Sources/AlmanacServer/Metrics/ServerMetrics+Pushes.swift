import AlmanacWire

extension ServerMetrics {
    /// What has become of the operations of a sheet; those that had come before are counted again.
    func count(_ receipts: [Receipt]) {
        let tally = ReceiptTally(receipts)
        operationsApplied.add(tally.applied)
        conflictsKept.add(tally.conflicts)
        for (reason, count) in tally.rejected { operationsRejected.add(reason, count) }
    }
}
