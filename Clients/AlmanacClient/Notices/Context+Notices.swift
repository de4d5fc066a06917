import AlmanacModel
import AlmanacReplica

extension Context {
    /// Tells what is news since the last time, and remembers that it was told. On a copy on which nothing was ever told, what others have
    /// said and done before is none; what waits for this person is told all the same.
    ///
    /// What was told just before a crash may be told again; nothing is ever left out.
    public func tellNotices(now: Instant, _ body: ([Notice]) throws -> Void) throws {
        let all = try notices()
        let memory = try NoticeMemory.read(paths.notices)
        let news = try memory?.news(among: all) ?? all.filter { $0.kind == .conflict || $0.kind == .rejected }
        let told = try (memory ?? NoticeMemory()).telling(news, of: all, at: now.description)
        guard told != memory else { return }
        if !news.isEmpty { try body(news) }
        try told.write(to: paths.notices)
    }

    /// The last ones that were told, the newest last; each with when. What is not here any more, or may not be read, is not told again.
    public func toldNotices() throws -> [(time: String, notice: Notice)] {
        guard let memory = try NoticeMemory.read(paths.notices), !memory.last.isEmpty else { return [] }
        return try memory.told(of: notices())
    }

    private func notices() throws -> [Notice] {
        let outbox = try outboxBook()
        return try annotations { annotations, authoring in try NoticeFinder(authoring, annotations, outbox).all() }
    }
}
