/// The configuration cannot be used.
struct ConfigurationFailure: Error, CustomStringConvertible {
    /// Nil when the value may have come from anywhere.
    let path: String?
    let reason: String

    var description: String { "configuration\(path.map { " \($0)" } ?? ""): \(reason)" }
}
