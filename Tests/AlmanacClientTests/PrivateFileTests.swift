import AlmanacCrypto
import Foundation
import Testing

@testable import AlmanacClient

/// Keys and locks on a real file system.
struct PrivateFileTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private var credentials: CredentialPaths { CredentialPaths(directory: directory.path) }

    @Test func threats15ANewKeyIsForItsOwnerAlone() throws {
        _ = try DeviceCredentials.loadOrMakeKey(credentials)
        #expect(try directory.mode(of: "device.key") == 0o600)
    }

    @Test(arguments: [0o604, 0o640, 0o644, 0o660, 0o601, 0o620, 0o777])
    func threats15ALooserKeyIsRefused(_ mode: Int) throws {
        try directory.write(P256PrivateKey().pem, to: "device.key", mode: mode)
        #expect(throws: ClientError.keyTooOpen(path: credentials.key, mode: UInt32(mode))) {
            try DeviceCredentials.loadKey(credentials)
        }
    }

    @Test(arguments: [0o600, 0o400, 0o700])
    func threats15AKeyOfItsOwnerIsRead(_ mode: Int) throws {
        let key = try P256PrivateKey()
        try directory.write(key.pem, to: "device.key", mode: mode)
        #expect(try DeviceCredentials.loadKey(credentials)?.publicKey == key.publicKey)
    }

    @Test func threats15ALinkToAKeyIsRefused() throws {
        try directory.write(P256PrivateKey().pem, to: "elsewhere")
        try FileManager.default.createSymbolicLink(atPath: credentials.key, withDestinationPath: "\(directory.path)/elsewhere")
        #expect(throws: ClientError.keyNotOurs(path: credentials.key)) { try DeviceCredentials.loadKey(credentials) }
    }

    @Test func threats15ADirectoryIsNoKey() throws {
        try FileManager.default.createDirectory(atPath: credentials.key, withIntermediateDirectories: false)
        #expect(throws: ClientError.keyNotOurs(path: credentials.key)) { try DeviceCredentials.loadKey(credentials) }
    }

    @Test(arguments: ["", "nonsense", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])
    func aDamagedKeyIsSaid(_ text: String) throws {
        try directory.write(text, to: "device.key")
        #expect(throws: ClientError.contextDamaged(path: credentials.key, "it is not a P-256 key")) {
            try DeviceCredentials.loadKey(credentials)
        }
    }

    @Test func aHugeFileIsNotReadWhole() throws {
        try directory.write(String(repeating: "x", count: 2_000_000), to: "device.key")
        #expect(throws: ClientError.self) { try DeviceCredentials.loadKey(credentials) }
    }

    @Test func aLockIsHeldOnceAndFreeAgain() throws {
        let path = "\(directory.path)/lock"
        var first = try FileLock(path: path)
        #expect(first != nil)
        #expect(try FileLock(path: path) == nil)
        first = nil
        #expect(try FileLock(path: path) != nil)
    }

    @Test func errorsNameTheCallAndTheFile() {
        #expect(throws: SystemFailure(call: "mkdir", path: "/proc/almanac", code: ENOENT)) {
            try SystemFile.makeDirectory("/proc/almanac")
        }
    }
}
