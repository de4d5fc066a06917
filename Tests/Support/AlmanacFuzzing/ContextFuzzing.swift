import AlmanacClient
import AlmanacModel

/// The files of a context that people can write into: `context.json`, and what the last sync has left.
enum ContextFuzzing {
    static func runSettings(_ bytes: [UInt8]) throws {
        guard let settings = try? ContextSettings.decode(bytes, path: "context.json") else { return }
        let again = try ContextSettings.decode(settings.encoded(), path: "context.json")
        try Finding.unless(again == settings, "the settings are others when they are written: \(again)")
        try Finding.unless((1...65_535).contains(settings.address.port), "the address \(settings.address)")
        try Finding.unless(settings.subscription.includes(.reference), "a subscription without the schema")
    }

    static func runLastSync(_ bytes: [UInt8]) throws {
        guard let last = LastSync.decode(bytes) else { return }
        try Finding.unless(LastSync.decode(try last.encoded()) == last, "the last sync is another one when it is written")
    }
}
