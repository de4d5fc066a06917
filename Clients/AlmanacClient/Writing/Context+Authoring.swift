import AlmanacModel
import AlmanacReplica

extension Context {
    /// Hands over what is here with what waits on top, as of one moment. It waits for no sync, and a sync does not wait for it; keep
    /// nothing of it beyond the body. Throws ``ClientError/noReplica(_:)`` before the first sync, and
    /// ``ClientError/revoked(_:unsent:)`` on a device that was shut out: nobody would ever see what is written there.
    public func authoring<Result>(_ body: (Authoring) throws -> Result) throws -> Result {
        try requireEnrolled()
        let settings = try storedSettings()
        return try WorkingCopy.read(self) { copy in
            try body(
                try Authoring(
                    copy, person: settings.person, role: settings.role, tip: copy.cursor, pending: copy.pending,
                    held: copy.snapshot.state.streams.map(\.name),
                    subscription: settings.subscription))
        }
    }

    /// The same with all annotations.
    public func annotations<Result>(_ body: (AnnotationBook, Authoring) throws -> Result) throws -> Result {
        try authoring { authoring in
            try body(AnnotationBook(authoring), authoring)
        }
    }
}
