import AlmanacPackage

/// A file of an import, and what its rows do to records that are there.
struct ImportTable {
    enum Policy {
        case merge, replace
        /// Records that are there stay as they are.
        case add

        init(_ mode: ImportMode) { self = mode == .replace ? .replace : .merge }
    }

    let file: CSVImport
    let policy: Policy

    init(_ file: CSVImport, _ policy: Policy) {
        self.file = file
        self.policy = policy
    }
}
