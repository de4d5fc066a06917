/// Three or more backticks or tildes at the beginning of a line.
struct CodeFence {
    let mark: UInt8
    let length: Int

    /// Nil for a line that opens no code block.
    init?(opening line: Substring.UTF8View) {
        let content = line.drop { " \t>-*+".utf8.contains($0) }
        guard let mark = content.first, mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~") else { return nil }
        let run = content.prefix { $0 == mark }
        guard run.count >= 3, mark == UInt8(ascii: "~") || !content.dropFirst(run.count).contains(mark) else { return nil }
        self.mark = mark
        length = run.count
    }

    func isClosed(by line: Substring.UTF8View) -> Bool {
        let content = line.drop { " \t>".utf8.contains($0) }
        let run = content.prefix { $0 == mark }
        return run.count >= length && content.dropFirst(run.count).allSatisfy { $0 == UInt8(ascii: " ") || (9...13).contains($0) }
    }
}
