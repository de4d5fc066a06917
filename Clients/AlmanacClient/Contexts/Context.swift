/// An authority that this device is enrolled at.
public struct Context: Hashable, Sendable {
    public let name: ContextName
    public let paths: ContextPaths
    public let settings: ContextSettings
}

/// A context, and what it was chosen by: an environment variable must not silently beat the configuration.
public struct ChosenContext: Hashable, Sendable {
    public let context: Context
    public let origin: ContextOrigin
}

/// What a context was chosen by.
public enum ContextOrigin: String, Hashable, Sendable {
    case option = "--context"
    case environment = "ALMANAC_CONTEXT"
    case configuration
    case onlyOne = "the only one"
}
