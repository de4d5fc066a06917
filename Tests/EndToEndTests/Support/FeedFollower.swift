import AlmanacClient
import AlmanacModel
import AlmanacReplica
import Foundation
import Testing

/// Somebody who knows a replica by its feed of changes alone.
struct FeedFollower {
    /// After what to ask the next time.
    private(set) var position = FeedPosition.start
    /// By collection and id: the stream and the record, as JSON.
    private(set) var records: [String: [String: String]] = [:]

    init() {}

    /// `collection id stream` of all records of these collections.
    func places(in collections: Set<String>) -> Set<String> {
        Set(
            records.compactMap { place, record in
                let collection = place.split(separator: " ").first.map(String.init) ?? ""
                return collections.contains(collection) ? "\(place) \(record["stream"] ?? "")" : nil
            })
    }

    /// Everything at once.
    init(_ laptop: Laptop) throws { try take(laptop.changes(since: .position(.start))) }

    mutating func take(_ feed: (lines: [String], summary: ChangesSummary)) throws {
        // What is told whole replaces what was known of it, and what is gone is gone.
        let replaced = Set((feed.summary.whole + feed.summary.left).map(\.rawValue))
        records = records.filter { !replaced.contains($0.value["stream"] ?? "") }
        position = feed.summary.position
        var last = (sequence: UInt64(0), deletions: 0)
        for line in feed.lines {
            let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            let collection = try #require(object["collection"] as? String)
            let id = try #require(object["id"] as? Int)
            let sequence = try #require(object["sequence"] as? UInt64)
            #expect(sequence >= last.sequence, "in order")
            last.sequence = sequence
            if object["message_type"] as? String == "deletion" {
                records["\(collection) \(id)"] = nil
            } else {
                let record = try JSONSerialization.data(
                    withJSONObject: #require(object["record"]), options: [.sortedKeys, .fragmentsAllowed])
                records["\(collection) \(id)"] = [
                    "stream": try #require(object["stream"] as? String), "record": String(decoding: record, as: UTF8.self),
                ]
            }
        }
        #expect(feed.summary.isComplete, "\(feed.summary.gaps)")
    }
}
