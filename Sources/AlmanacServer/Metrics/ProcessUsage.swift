import Foundation
import Glibc

/// What this process takes of the machine, as `/proc` says; nil where it is not there.
enum ProcessUsage {
    static var residentByteCount: Int? {
        guard let fields = fields("/proc/self/statm"), fields.count > 1, let pages = Int(fields[1]) else { return nil }
        return pages.multipliedReportingOverflow(by: Int(sysconf(Int32(_SC_PAGESIZE)))).partialValue
    }

    static var openDescriptorCount: Int? {
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd"))?.count
    }

    static var cpuSeconds: Double? {
        var usage = rusage()
        guard getrusage(RUSAGE_SELF.rawValue, &usage) == 0 else { return nil }
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }

    private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000 }

    private static func fields(_ path: String) -> [Substring]? {
        guard let file = FileHandle(forReadingAtPath: path), let content = try? file.readToEnd() else { return nil }
        return String(decoding: content, as: UTF8.self).split(separator: " ")
    }
}
