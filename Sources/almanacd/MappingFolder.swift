import AlmanacPackage
import Foundation

/// Finds mappings: by name in a folder, or as the file that a path names.
enum MappingFolder {
    static func find(_ nameOrFile: String, in folder: String?) throws -> String {
        if nameOrFile.hasSuffix(".json") || nameOrFile.contains("/") { return nameOrFile }
        let folder = folder ?? standard
        let file = "\(folder)/\(nameOrFile).json"
        guard MappingName.isValid(nameOrFile), FileManager.default.fileExists(atPath: file) else {
            throw MappingFailure.unknown(nameOrFile, folder, known: names(in: folder))
        }
        return file
    }

    /// What an installation has: beside the program, or where the environment says.
    private static var standard: String {
        if let data = ProcessInfo.processInfo.environment["ALMANAC_DATA"], !data.isEmpty { return "\(data)/mappings" }
        let program = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
        let prefix = URL(fileURLWithPath: program).deletingLastPathComponent().deletingLastPathComponent()
        return prefix.appendingPathComponent("share/almanac/mappings").path
    }

    /// Parts of mappings stand there too.
    private static func names(in folder: String) -> [String] {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return files.filter { $0.hasSuffix(".json") }.map { String($0.dropLast(".json".count)) }
            .filter { MappingName.isValid($0) && (try? Mapping.read(at: "\(folder)/\($0).json")) != nil }.sorted()
    }
}

/// Why there is no mapping.
enum MappingFailure: Error, CustomStringConvertible {
    case unknown(String, String, known: [String])

    var description: String {
        switch self {
        case .unknown(let name, let folder, let known) where known.isEmpty:
            "there is no mapping \(VisibleText.shortened(name)), nor any other in \(folder): name their folder by --mappings"
        case .unknown(let name, let folder, let known):
            "there is no mapping \(VisibleText.shortened(name)) in \(folder); there are: \(known.joined(separator: ", "))"
        }
    }
}
