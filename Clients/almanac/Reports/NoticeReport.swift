import AlmanacClient

/// What happened to what somebody wrote, told once after a sync: a line each for people, a message each for programs.
struct NoticeReport {
    private let context: Context
    private let console: Console

    init(_ context: Context, _ console: Console) {
        self.context = context
        self.console = console
    }

    /// A copy is as good as it is, whatever cannot be told of it.
    func tell() {
        do {
            try context.tellNotices(now: SystemClock.now()) { notices in
                for notice in notices {
                    if console.isJSON {
                        try console.message("notice", notice.members)
                    } else {
                        console.warn(Visible.text(notice.sentence))
                    }
                }
                try console.flush()
            }
        } catch {
            console.warn("what is new could not be told: \(FailureReport(error).sentence)")
        }
    }
}
