import AlmanacModel

/// What one cell of a table says.
public enum ImportValue: Hashable, Sendable {
    /// Null: the cell holds one of the column's missing values.
    case absent
    case value(Value)
    /// The readable key of the record that a reference means; the authority finds its id.
    case key(Text)
}
