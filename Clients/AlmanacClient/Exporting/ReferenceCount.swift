import AlmanacModel
import AlmanacReplica

/// Counts, for each column, the references to records that the replica does not hold.
struct ReferenceCount {
    private let fields: [Field]
    private var counts: [Int]

    init(_ fields: [Field]) {
        self.fields = fields
        counts = Array(repeating: 0, count: fields.count)
    }

    mutating func note(_ values: [SnapshotValue]) {
        for (index, value) in values.enumerated() {
            if case .elsewhere = value { counts[index] += 1 }
        }
    }

    /// The fields with such references.
    var found: [(field: Field, count: Int)] { zip(fields, counts).filter { $0.1 > 0 }.map { (field: $0, count: $1) } }
}
