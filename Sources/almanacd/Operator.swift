import AlmanacReplica
import Foundation
import Glibc

/// Who runs this command, for the history.
enum Operator {
    /// The user's name on this machine; of whoever called `sudo`, that user's, because the data directory's owner is nobody in
    /// particular.
    static var current: AuditActor {
        if let caller = ProcessInfo.processInfo.environment["SUDO_USER"], !caller.isEmpty { return .operator(caller) }
        guard let entry = getpwuid(geteuid()), let name = entry.pointee.pw_name else { return .operator("uid \(geteuid())") }
        return .operator(String(cString: name))
    }
}
