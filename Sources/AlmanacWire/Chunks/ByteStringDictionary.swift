/// The distinct ones of many byte strings, and which of them each one is.
struct ByteStringDictionary {
    private(set) var entries = ByteStrings()
    /// For each string its entry.
    private(set) var indices: [Int] = []

    /// Nil as soon as there are too many distinct strings for a dictionary to pay.
    init?(_ strings: ByteStrings) {
        guard strings.count >= Self.minimumCount else { return nil }
        var slots = [Int32](repeating: -1, count: Self.slotCount(strings.count))
        indices.reserveCapacity(strings.count)
        for index in 0..<strings.count {
            let content = strings.bytes[strings.range(index)]
            let slot = slot(of: content, in: slots)
            if slots[slot] < 0 {
                guard entries.count <= 64 + index / 2 else { return nil }
                slots[slot] = Int32(entries.count)
                entries.append(content)
            }
            indices.append(Int(slots[slot]))
        }
    }

    private static let minimumCount = 4

    /// A power of two that leaves half of the slots empty.
    private static func slotCount(_ count: Int) -> Int {
        var slots = 16
        while slots < count * 2 { slots *= 2 }
        return slots
    }

    /// Where the content stands, or the empty slot where it belongs. Swift's hasher is seeded: nobody can choose collisions; the
    /// result does not depend on it.
    private func slot(of content: ArraySlice<UInt8>, in slots: [Int32]) -> Int {
        var hasher = Hasher()
        content.withUnsafeBytes { hasher.combine(bytes: $0) }
        var slot = hasher.finalize() & (slots.count - 1)
        while slots[slot] >= 0, entries.bytes[entries.range(Int(slots[slot]))] != content {
            slot = (slot + 1) & (slots.count - 1)
        }
        return slot
    }

    var byteCount: Int {
        var total = Varint.byteCount(entries.count) + entries.plainByteCount
        for index in indices { total += Varint.byteCount(index) }
        return total
    }

    /// The count of entries, the entries as plain, then for each value its entry.
    func append(to output: inout [UInt8]) {
        output.appendVarint(entries.count)
        entries.appendPlain(to: &output)
        for index in indices { output.appendVarint(index) }
    }
}
