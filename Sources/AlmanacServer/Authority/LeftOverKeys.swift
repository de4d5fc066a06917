import AlmanacReplica
import Foundation

/// Files of keys that do not count: those that a rotation has replaced, and those of one that was cut short.
struct LeftOverKeys {
    let directory: DataDirectory
    /// The number of the delegations that count.
    let current: UInt64

    func remove() throws {
        let wanted = Set(
            [directory.authorityKey(current), directory.authorityCertificate(current), directory.checkpointKey(current)].map(
                Self.name))
        let names = try FileManager.default.contentsOfDirectory(atPath: directory.keys)
        for name in names where Self.isRotated(name) && !wanted.contains(name) {
            try FileSync.remove("\(directory.keys)/\(name)")
        }
        try FileSync.sync(directory: directory.keys)
    }

    private static func name(_ path: String) -> String { String(path.split(separator: "/").last ?? "") }

    /// `authority-2.key`, `checkpoint.key.tmp`, `chain.new`; not the root's files, nor anything that somebody else put there.
    private static func isRotated(_ name: String) -> Bool {
        if name == "chain.new" || name == "chain.new.tmp" { return true }
        let name = name.hasSuffix(".tmp") ? name.dropLast(4) : name[...]
        for (kind, endings) in [("authority", ["key", "crt"]), ("checkpoint", ["key"])] {
            guard name.hasPrefix(kind), let ending = endings.first(where: { name.hasSuffix(".\($0)") }) else { continue }
            let number = name.dropFirst(kind.count).dropLast(ending.count + 1)
            return number.isEmpty || number.first == "-" && UInt64(number.dropFirst()) != nil
        }
        return false
    }
}
