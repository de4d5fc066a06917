import AlmanacModel
import AlmanacReplica

/// Values as JSON.
enum ExportedJSON {
    static func value(_ value: SnapshotValue) -> JSONValue {
        switch value {
        case .absent, .elsewhere: .null
        case .key(let key): .string(key.string)
        case .value(.boolean(let value)): .boolean(value)
        case .value(.integer(let value)): .integer(value)
        case .value(.decimal(let value)): .number(value.description)
        case .value(.textSet(let set)): array(set)
        case .value(let value): .string(value.description)
        }
    }

    static func array(_ set: TextSet) -> JSONValue { .array(set.elements.map { .string($0.string) }) }
}
