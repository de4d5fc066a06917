/// What the rows of a file mean for the records of its collection.
public enum ImportMode: String, CaseIterable, Sendable {
    /// Rows of a known key change their record, others make one; a field without a column keeps its value.
    case merge
    /// The file is the whole truth: records that it does not name are deleted, fields without a column become absent.
    case replace
}
