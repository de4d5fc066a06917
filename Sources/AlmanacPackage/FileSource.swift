import AlmanacModel
import Foundation

/// A file, read piece by piece.
public struct FileSource: ByteSource {
    private let handle: FileHandle
    private let name: String

    /// - Parameters:
    ///   - path: the file; it has to be a regular one, because a pipe or a device may never end.
    ///   - name: what errors call it.
    public init(path: String, name: String) throws(PackageError) {
        do {
            let type = try FileManager.default.attributesOfItem(atPath: Self.resolved(path))[.type] as? FileAttributeType
            guard type == .typeRegular else { throw PackageError.unreadable(file: name, reason: "it is not a regular file") }
            handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        } catch let error as PackageError {
            throw error
        } catch {
            throw .unreadable(file: name, reason: Self.reason(error))
        }
        self.name = name
    }

    public mutating func read(atMost count: Int) throws(PackageError) -> [UInt8] {
        do {
            return Array(try handle.read(upToCount: count) ?? Data())
        } catch {
            throw .unreadable(file: name, reason: Self.reason(error))
        }
    }

    /// A whole small file.
    static func contents(of path: String, limit: ByteCount) throws(PackageError) -> [UInt8] {
        var source = try FileSource(path: path, name: path)
        var bytes: [UInt8] = []
        while true {
            let piece = try source.read(atMost: 65_536)
            if piece.isEmpty { return bytes }
            bytes += piece
            guard bytes.count <= limit.rawValue else { throw .refused(file: path, at: .root, .tooLarge(limit: limit)) }
        }
    }

    private static func resolved(_ path: String) -> String { PackageFolder.resolved(path) ?? path }

    private static func reason(_ error: any Error) -> String {
        guard let error = error as? CocoaError else { return error.localizedDescription }
        switch error.code {
        case .fileReadNoSuchFile, .fileNoSuchFile: return "there is no such file"
        case .fileReadNoPermission: return "it may not be read by this user"
        default: return error.localizedDescription
        }
    }
}
