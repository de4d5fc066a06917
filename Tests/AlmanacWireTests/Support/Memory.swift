import Foundation
import Glibc
import Testing

/// What this process has taken.
enum Memory {
    /// How far the peak rises while the body runs a second time. The first run brings in the pages of the program itself, which are
    /// no allocations.
    static func rise(_ body: () -> Void) throws -> Int {
        body()
        // Resets the peak to what is resident now: proc(5), clear_refs.
        try "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)
        let before = try peakByteCount()
        body()
        return try peakByteCount() - before
    }

    /// The peak of resident memory: `VmHWM` of proc(5).
    static func peakByteCount() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
        return try #require(Int(line.filter(\.isNumber))) * 1_024
    }

    /// Under AddressSanitizer memory that is given back is kept for a while: its peak says nothing.
    static let isMeasurable = dlsym(nil, "__asan_init") == nil
}
