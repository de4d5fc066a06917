import AlmanacModel
import AlmanacReplica
import AlmanacRules
import AlmanacWire
import Foundation
import TestSupport
import Testing

@testable import AlmanacServer

/// Random concurrent histories of three devices. Every text that a person typed is in a record, in a conflict, or in a rejected
/// operation, unless somebody who saw it took it away; all copies of the dataset are equal.
@Suite struct ThreeDevicesTests {
    @Test(arguments: 0..<6)
    func noTypedTextIsLost(round: Int) throws {
        let seed = UInt64.random(in: .min ... .max)
        print("seed \(seed) of round \(round)")
        try History(seed: seed).run()
    }
}

private final class History {
    private let office: Office
    private var random: SeededGenerator
    private var devices: [Laptop] = []
    private var typed: Set<String> = []
    /// Taken away by somebody who saw them.
    private var removed: Set<String> = []
    private var rejected: [AlmanacModel.Operation] = []
    private var count = 0

    /// A device with what it has seen and what it has not sent.
    final class Laptop {
        let name: String
        let copy: PulledCopy
        var seen: [RecordName: (text: String, tags: [String])] = [:]
        var regions: [String: String] = [:]
        var outbox: [AlmanacModel.Operation] = []

        init(_ name: String, _ copy: PulledCopy) {
            self.name = name
            self.copy = copy
        }
    }

    init(seed: UInt64) throws {
        office = try Office()
        random = SeededGenerator(seed: seed)
        try office.enrol("cleo", .curator, device: "phone", as: "cleo's phone")
        for name in ["lea", "cleo", "cleo's phone"] {
            let person = name.prefix { $0 != "'" }
            devices.append(Laptop(name, try PulledCopy(office.dataset, String(person), file: "\(devices.count).sqlite")))
        }
    }

    func run() throws {
        for device in devices { try pull(device) }
        for _ in 0..<120 {
            let device = random.pick(devices)
            switch random.number(0...9) {
            case 0, 1: try pull(device)
            case 2: try push(device)
            default: try write(device)
            }
        }
        for device in devices.shuffled(using: &random) { while !device.outbox.isEmpty { try push(device) } }
        for device in devices { try pull(device) }
        try check()
    }

    // MARK: What people do

    private func token() -> String {
        count += 1
        let token = "<\(count)>"
        typed.insert(token)
        return token
    }

    private func write(_ device: Laptop) throws {
        switch random.number(0...9) {
        case 0, 1, 2:
            let (text, tag) = ("first \(token())\nsecond \(token())\nthird \(token())", "tag\(token())")
            let operation = try office.operation(office.note(text, tags: [tag]))
            device.seen[office.made(operation)] = (text, [tag])
            device.outbox.append(operation)
        case 3: try region(device)
        case 4: try delete(device)
        default: try edit(device)
        }
    }

    private func edit(_ device: Laptop) throws {
        guard let (name, seen) = pick(device) else { return }
        var lines = seen.text.split(separator: "\n").map(String.init)
        if random.chance(2) {
            lines[random.number(0...(lines.count - 1))] += " and \(token())"
        } else {
            lines.insert("a line \(token())", at: random.number(0...lines.count))
        }
        let text = lines.joined(separator: "\n")
        var edits = [FieldEdit(AnnotationSchema.text, .value(base: .value(.text(seen.text)), new: .value(.text(text))))]
        var tags = seen.tags
        if random.chance(3) {
            let new = "tag\(token())"
            var gone: [Text] = []
            if random.chance(2), let tag = tags.popLast() {
                gone.append(Text(tag))
                removed.insert(String(tag.dropFirst(3)))
            }
            tags.append(new)
            edits.append(FieldEdit(AnnotationSchema.tags, .elements(added: TextSet([Text(new)]), removed: TextSet(gone))))
        }
        device.seen[name] = (text, tags)
        device.outbox.append(try office.operation(.edit(name, edits)))
    }

    private func delete(_ device: Laptop) throws {
        guard let (name, seen) = pick(device) else { return }
        for token in typed where seen.text.contains(token) || seen.tags.contains(where: { $0.contains(token) }) {
            removed.insert(token)
        }
        device.seen[name] = nil
        let tags = seen.tags.isEmpty ? nil : ProposedValue.value(Office.set(seen.tags))
        device.outbox.append(
            try office.operation(
                .delete(
                    name,
                    seen: [
                        ProposedField(AnnotationSchema.text, .text(seen.text)), ProposedField(AnnotationSchema.tags, tags),
                    ])))
    }

    private func region(_ device: Laptop) throws {
        let key = "city-\(random.number(1...3))"
        guard let base = device.regions[key] else { return }
        let new = "region \(token())"
        for token in typed where base.contains(token) { removed.insert(token) }
        device.regions[key] = new
        device.outbox.append(try office.operation(office.edit(key, "region", .text(base), .text(new))))
    }

    private func pick(_ device: Laptop) -> (RecordName, (text: String, tags: [String]))? {
        let names = device.seen.keys.sorted { "\($0)" < "\($1)" }
        guard !names.isEmpty else { return nil }
        let name = random.pick(names)
        return device.seen[name].map { (name, $0) }
    }

    // MARK: Exchanging

    private func push(_ device: Laptop) throws {
        let sent = Array(device.outbox.prefix(random.number(1...4)))
        guard !sent.isEmpty else { return }
        // An answer may be lost.
        if random.chance(4) { try office.push(device.name, sent) }
        for (operation, receipt) in zip(sent, try office.push(device.name, sent)) {
            if case .rejected = receipt.outcome { rejected.append(operation) }
        }
        device.outbox.removeFirst(sent.count)
    }

    /// A device that has sent everything sees what the authority has; one that has not keeps seeing its own.
    private func pull(_ device: Laptop) throws {
        try device.copy.sync()
        guard device.outbox.isEmpty else { return }
        device.seen = [:]
        for (record, stream) in try office.annotations() where stream.rawValue == "team/apac" {
            guard case .text(let text)? = record[AnnotationSchema.text] else { continue }
            let tags =
                if case .textSet(let set)? = record[AnnotationSchema.tags] { set.elements.map(\.string) } else { [String]() }
            device.seen[.id(AnnotationSchema.collection, record.id)] = (text.string, tags)
        }
        for number in 1...3 {
            guard case .text(let region)? = try office.dataset.record("city-\(number)", in: "clusters")?["region"] else {
                continue
            }
            device.regions["city-\(number)"] = region.string
        }
    }

    // MARK: What has to hold

    private func check() throws {
        #expect(try office.dataset.store.check().isRight)
        var kept = try (office.annotations() + office.conflicts()).map { String(describing: $0.record.values) }.joined()
        for number in 1...3 {
            kept += String(describing: try office.dataset.record("city-\(number)", in: "clusters"))
        }
        kept += rejected.map { String(describing: $0) }.joined()
        let lost = typed.subtracting(removed).filter { !kept.contains($0) }
        #expect(lost.isEmpty, "\(lost.sorted())")
        #expect(typed.count > 50)
        let states = try devices.dropFirst().map { try $0.copy.streams() }
        #expect(states.allSatisfy { $0 == states.first })
    }
}
