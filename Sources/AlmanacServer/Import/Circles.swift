import AlmanacModel
import AlmanacPackage
import AlmanacReplica

/// Finds the circles of a field whose references have to make a hierarchy, in the dataset as the import leaves it.
struct Circles {
    /// Where the file has the records that it names.
    typealias Places = [RecordID: (row: Int, line: Int)]

    private let field: Field
    private var targets: [RecordID: RecordID] = [:]

    /// - Parameter isLeaving: whether the import deletes the record.
    init(_ field: Field, of collection: Collection, in session: CommitSession, except isLeaving: (RecordID) -> Bool) throws {
        self.field = field
        try session.forEachRecord(of: collection.id) { record in
            if case .reference(let target)? = record[field.id], !isLeaving(record.id) { targets[record.id] = target }
        }
    }

    /// Each circle once.
    var circles: [[RecordID]] {
        var circles: [[RecordID]] = []
        var walks: [RecordID: Int] = [:]
        for (walk, start) in targets.keys.sorted().enumerated() {
            var path: [RecordID] = []
            var next: RecordID? = start
            while let id = next, walks[id] == nil {
                walks[id] = walk
                path.append(id)
                next = targets[id]
            }
            if let id = next, walks[id] == walk, let begin = path.firstIndex(of: id) { circles.append(Array(path[begin...])) }
        }
        return circles
    }

    /// A problem for each circle, at the row of the file that stands first.
    func problems(_ file: CSVImport, _ places: Places, in session: CommitSession) throws -> [ImportProblem] {
        try circles.map { circle in
            let first = circle.indices.min { places[circle[$0]]?.row ?? .max < places[circle[$1]]?.row ?? .max } ?? 0
            let turned = try (circle[first...] + circle[..<first]).map { id in
                RecordPlace(key: try key(of: id, file.collection, session), row: places[id]?.row)
            }
            let place = places[circle[first]]
            return ImportProblem(
                file: file.file, row: place?.row, line: place?.line, column: field.name.rawValue,
                value: turned.dropFirst().first?.key.string ?? turned.first?.key.string, rule: .circle(turned))
        }
        .sorted { $0.row ?? .max < $1.row ?? .max }
    }

    private func key(of id: RecordID, _ collection: Collection, _ session: CommitSession) throws -> Text {
        try session.record(collection.id, id).map(collection.key(of:)) ?? Text(id.description)
    }
}
