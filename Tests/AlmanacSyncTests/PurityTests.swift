import Foundation
import Testing

/// The modules that the simulator runs know no socket, no clock, no randomness and no task: this reads their sources.
@Suite struct PurityTests {
    private static let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Sources")

    /// What must not occur in them, as regular expressions.
    private static let forbidden = [
        #"\bDate\(\)"#, #"\.now\b"#, #"\brandom\(in:"#, #"\.random(Element)?\("#, #"SystemRandomNumberGenerator"#, #"\bTask\b"#,
        #"\bawait\b"#,
        #"DispatchQueue"#, #"EventLoop"#, #"FileManager"#, #"^import (Foundation|Dispatch|Glibc|NIOPosix|Synchronization)"#,
    ]

    @Test(arguments: ["AlmanacModel", "AlmanacWire", "AlmanacSync"])
    func pureModulesStayPure(module: String) throws {
        let files = try Self.swiftFiles(of: module)
        #expect(files.count > 5, "the sources of \(module) were not found")
        for file in files {
            let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
            for (number, line) in lines.enumerated() {
                guard let code = line.components(separatedBy: "//").first else { continue }
                for pattern in Self.forbidden where code.range(of: pattern, options: .regularExpression) != nil {
                    Issue.record("\(file.lastPathComponent):\(number + 1) has \(pattern): \(line)")
                }
            }
        }
    }

    private static func swiftFiles(of module: String) throws -> [URL] {
        let folder = sources.appendingPathComponent(module)
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        return (files?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "swift" }
    }
}
