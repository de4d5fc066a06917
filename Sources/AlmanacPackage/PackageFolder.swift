import AlmanacModel
import Foundation

/// The folder that holds a package's files; nothing outside it is read.
struct PackageFolder: Sendable {
    static let descriptorName = "datapackage.json"

    /// Without links.
    private let path: String

    /// The folder of a package, and its descriptor as the caller would call it.
    static func find(_ path: String) throws(PackageError) -> (folder: PackageFolder, descriptor: String) {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw .unreadable(file: path, reason: "there is no such file or folder")
        }
        let descriptor = isFolder.boolValue ? (path as NSString).appendingPathComponent(descriptorName) : path
        let parent = (descriptor as NSString).deletingLastPathComponent
        guard let folder = resolved(parent.isEmpty ? "." : parent) else {
            throw .unreadable(file: path, reason: "its folder cannot be entered")
        }
        return (PackageFolder(path: folder), descriptor)
    }

    /// The real path of a file that a descriptor names.
    func file(_ relative: String) throws(DescriptorRule) -> String {
        guard !relative.contains("://") else { throw .remoteFile(relative) }
        let parts = relative.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.allSatisfy(Self.isPlain) else { throw .unsafePath(relative) }
        guard let file = Self.resolved("\(path)/\(relative)") else { throw .notRegularFile(relative) }
        guard file.utf8.starts(with: "\(path == "/" ? "" : path)/".utf8) else { throw .outsidePackage(relative) }
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: file, isDirectory: &isFolder), !isFolder.boolValue else {
            throw .notRegularFile(relative)
        }
        return file
    }

    private static func isPlain(_ part: some StringProtocol) -> Bool {
        !part.isEmpty && part != "." && part != ".." && !part.utf8.contains { $0 < 0x20 || $0 == 0x7f }
    }

    /// The path without links; nil when it leads nowhere.
    static func resolved(_ path: String) -> String? {
        guard !path.utf8.contains(0), let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(validatingCString: resolved)
    }
}
