import AlmanacModel

/// What a CSV file may ask for.
public enum CSVLimits {
    public static let maximumFieldSize = ByteCount.kibibytes(64)
    public static let maximumColumns = 1_024
}
