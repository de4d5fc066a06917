import AlmanacModel
import AlmanacWire
import NIOCore

/// The payload of a window, and what a replica relies on before it applies one.
enum WindowFuzzing {
    static func run(_ bytes: [UInt8]) throws {
        let payload = ByteBuffer(bytes: bytes)
        guard let message = try? WindowMessage(payload: payload) else {
            try Finding.unless((try? Window.decode(payload: payload)) == nil, "a window whose header is refused")
            return
        }
        try check(message)
    }

    static func check(_ message: WindowMessage) throws {
        guard let window = try? message.decode() else { return }
        try Finding.unless(window.header == message.header, "the header changes when the window is decoded")
        try Finding.unless((1...Caps.rowsOfWindow).contains(window.changes.count), "\(window.changes.count) changes")
        try checkPlaces(window)
        try checkSize(window)
        for case .whole(let record) in window.changes { try RecordFuzzing.check(record) }
        try checkAgain(window)
    }

    private static func checkPlaces(_ window: Window) throws {
        var seen: Set<[Int64]> = []
        for change in window.changes {
            try Finding.unless(
                change.sequence > window.base && change.position <= window.end, "\(change.position) is outside the window")
            let isNew = seen.insert([Int64(change.collection.rawValue), change.id.rawValue]).inserted
            try Finding.unless(isNew, "record \(change.id) stands in the window twice")
        }
    }

    /// Row 3 of what must not happen: no small payload becomes a big window.
    private static func checkSize(_ window: Window) throws {
        var size = 0
        for change in window.changes {
            switch change {
            case .whole(let record): for value in record.values { size += weight(value.value) }
            case .patch(let patch): for field in patch.fields { size += field.value.map(weight) ?? Caps.valueCost }
            case .tombstone: break
            }
        }
        try Finding.unless(size <= Caps.expandedWindow, "the values of the window take \(size)")
    }

    private static func weight(_ value: Value) -> Int {
        switch value {
        case .text(let text): Caps.valueCost + text.utf8.count
        case .bytes(let bytes): Caps.valueCost + bytes.count
        case .unknown(let value): Caps.valueCost + value.bytes.count
        case .textSet(let set): set.elements.reduce(Caps.valueCost) { $0 + Caps.valueCost + $1.utf8.count }
        default: Caps.valueCost
        }
    }

    /// What is accepted can be passed on.
    private static func checkAgain(_ window: Window) throws {
        let changes = window.changes.sorted { $0.position < $1.position }
        var again: [RecordChange] = []
        do {
            for encoded in try WindowEncoder.encode(
                stream: window.stream, base: window.base, head: window.head, changes: changes, level: .fast)
            {
                again += try Window.decode(payload: encoded.payload).changes
            }
        } catch { throw Finding("an accepted window is not encoded again: \(error)") }
        try Finding.unless(again.sorted { $0.position < $1.position } == changes, "the window changes when it is encoded again")
    }
}
