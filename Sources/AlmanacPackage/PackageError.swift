/// Why a data package, or a file of one, cannot be used at all. What is wrong with single rows is an ``ImportProblem``.
public enum PackageError: Error, Hashable, Sendable {
    /// The file cannot be opened or read.
    case unreadable(file: String, reason: String)
    /// The descriptor says something at this place that cannot be kept.
    case refused(file: String, at: JSONPath, DescriptorRule)
    /// What the package says does not fit the dataset's schema.
    case conflicts([SchemaConflict])
}

extension PackageError: CustomStringConvertible {
    /// A sentence that names the file, the place and what to do; a line for each conflict.
    public var description: String {
        switch self {
        case .unreadable(let file, let reason): "\(VisibleText.shortened(file, limit: 500)) cannot be read: \(reason)."
        case .refused(let file, let path, let rule): "\(VisibleText.shortened(file, limit: 500)), \(path): \(rule)"
        case .conflicts(let conflicts): conflicts.map(\.description).joined(separator: "\n")
        }
    }
}
