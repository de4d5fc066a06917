/// Counts what statements cost, for the tests of "catching up costs what changed".
final class RowCounter {
    /// Rows that statements gave.
    private(set) var rows = 0
    /// Rows that SQLite walked over in a table without an index to guide it.
    private(set) var scannedRows = 0
    /// Instructions of SQLite's virtual machine: at least one for every row that it touches, whether the row is given or not.
    private(set) var steps = 0

    func countRow() { rows += 1 }

    func count(scannedRows: Int32, steps: Int32) {
        self.scannedRows += Int(scannedRows)
        self.steps += Int(steps)
    }
}
