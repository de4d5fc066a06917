import AlmanacModel
import AlmanacWire
import Testing

@testable import AlmanacClient

extension ContextSettings {
    /// An enrolment that never was.
    static func sample() throws -> ContextSettings {
        ContextSettings(
            address: ServerAddress(host: "data.example.org", port: 7410), pin: .zero,
            dataset: try #require(UniqueID(bytes: [UInt8](repeating: 2, count: 16))), datasetName: "innovation", person: "lea",
            role: .reader, device: "laptop", until: Instant(clamping: 1_800_000_000_000), invitation: .zero)
    }
}
