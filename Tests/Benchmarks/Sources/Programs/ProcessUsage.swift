import Foundation
import Glibc

/// What a running process takes, as `/proc` has it.
public struct ProcessUsage: Sendable {
    public let process: pid_t

    public init(_ process: pid_t) { self.process = process }

    public static let own = ProcessUsage(getpid())

    /// Resident memory in bytes.
    public struct Memory: Sendable {
        public let resident: Int
        /// Shared pages divided by those who share them.
        public let proportional: Int
    }

    public var memory: Memory {
        let text = file("smaps_rollup")
        return Memory(resident: Self.kibibytes("Rss", in: text), proportional: Self.kibibytes("Pss", in: text))
    }

    /// The highest resident memory so far, in bytes.
    public var peakMemory: Int { Self.kibibytes("VmHWM", in: file("status")) }

    /// User and system so far: fields 14 and 15 of `/proc/PID/stat`.
    public var processorSeconds: Double {
        // The second field is a name in parentheses, which may hold anything.
        let fields = file("stat").split(separator: ")").last?.split(separator: " ") ?? []
        let ticks = fields.dropFirst(11).prefix(2).compactMap { Double($0) }.reduce(0, +)
        return ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    private func file(_ name: String) -> String {
        (try? String(contentsOfFile: "/proc/\(process)/\(name)", encoding: .utf8)) ?? ""
    }

    /// In bytes, of a line `Name:   123 kB`.
    private static func kibibytes(_ name: String, in text: String) -> Int {
        for line in text.split(separator: "\n") where line.hasPrefix("\(name):") {
            return line.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 * 1_024 } ?? 0
        }
        return 0
    }
}
