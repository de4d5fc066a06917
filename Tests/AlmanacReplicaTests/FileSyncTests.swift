import AlmanacReplica
import Glibc
import Testing

@Suite struct FileSyncTests {
    @Test func aFileIsReplacedWhole() throws {
        try withTemporaryDirectory { directory in
            let path = "\(directory)/file"
            try FileSync.write([1, 2, 3], to: path)
            #expect(try Files.read(path) == [1, 2, 3])
            #expect(try Files.mode(path) == 0o600)
            // What a crash left behind, with other rights.
            try Files.write([9, 9, 9, 9], to: path + ".tmp")
            #expect(chmod(path + ".tmp", 0o666) == 0)
            try FileSync.write([], to: path)
            #expect(try Files.read(path) == [])
            #expect(try Files.mode(path) == 0o600)
            #expect(!Files.exists(path + ".tmp"))
            try FileSync.write(Array(repeating: 5, count: 3_000_000), to: path, mode: 0o640)
            #expect(try Files.read(path).count == 3_000_000)
            #expect(try Files.mode(path) == 0o640)
        }
    }

    @Test func anErrorNamesCallAndPathAndLeavesNothing() throws {
        try withTemporaryDirectory { directory in
            let missing = "\(directory)/missing/file"
            #expect(throws: FileSync.Failure(call: "open", path: missing + ".tmp", code: ENOENT)) {
                try FileSync.write([1], to: missing)
            }
            #expect(throws: FileSync.Failure(call: "rename", path: "\(directory).tmp", code: EISDIR)) {
                try FileSync.write([1], to: directory)
            }
            #expect(!Files.exists("\(directory).tmp"))
            #expect(throws: FileSync.Failure(call: "open", path: missing, code: ENOENT)) { try FileSync.sync(file: missing) }
            #expect(throws: FileSync.Failure(call: "unlink", path: directory, code: EISDIR)) { try FileSync.remove(directory) }
            #expect(throws: Never.self) { try FileSync.remove(missing) }
        }
    }

    @Test func threat29_aLinkIsNotFollowed() throws {
        try withTemporaryDirectory { directory in
            let (target, path) = ("\(directory)/target", "\(directory)/file")
            try Files.write([7], to: target)
            #expect(symlink(target, path + ".tmp") == 0)
            try FileSync.write([1], to: path)
            #expect(try Files.read(target) == [7])
            #expect(try Files.read(path) == [1])
            #expect(symlink(target, "\(directory)/link") == 0)
            #expect(throws: FileSync.Failure.self) { try FileSync.createPrivate("\(directory)/link") }
        }
    }

    @Test func aFullDiskIsNamed() {
        #expect(FileSync.Failure(call: "write", path: "p", code: ENOSPC).isFull)
        #expect(FileSync.Failure(call: "write", path: "p", code: EDQUOT).isFull)
        #expect(!FileSync.Failure(call: "write", path: "p", code: EIO).isFull)
        #expect(FileSync.Failure(call: "write", path: "/a/p", code: ENOSPC).description.hasPrefix("/a/p: write failed: "))
    }
}
