import AlmanacModel

/// Who has written an operation, with what follows from it ready for use.
public struct OperationAuthor: Sendable {
    public let rights: Rights
    let reading: ReadPermission
    let writing: WritePermission
    /// The stream of what concerns this person alone; nil for a name that makes none.
    let own: StreamName?

    public init(_ rights: Rights) {
        self.rights = rights
        reading = rights.reading
        writing = WritePermission(rights)
        own = StreamName.person(rights.person)
    }

    var name: Text { Text(rights.person) }

    func mayRead(_ stream: StreamName) -> Bool { reading.mayRead(stream) }

    func check(_ change: ResolvedChange) throws {
        do throws(Refusal) {
            try writing.check(change)
        } catch {
            throw OperationRejection(error)
        }
    }

    func mayDo(_ change: ResolvedChange) -> Bool { (try? writing.check(change)) != nil }
}
