/// A Markdown text without its code. What code is, says CommonMark: https://spec.commonmark.org/0.31.2/#fenced-code-blocks and
/// https://spec.commonmark.org/0.31.2/#code-spans; a fence may be indented as far as lists and quotations need it.
enum MarkdownProse {
    /// What is left when fenced blocks and code spans have become spaces.
    static func text(of markdown: String) -> String {
        var prose: [String] = []
        var paragraph: [Substring.UTF8View] = []
        var fence: CodeFence?
        func endParagraph() {
            prose.append(CodeSpans.removed(from: paragraph.flatMap { Array($0) + [UInt8(ascii: "\n")] }))
            paragraph = []
        }
        for line in Substring(markdown).utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            if let open = fence {
                if open.isClosed(by: line) { fence = nil }
            } else if let opened = CodeFence(opening: line) {
                endParagraph()
                fence = opened
            } else {
                if line.allSatisfy({ $0 == UInt8(ascii: " ") || (9...13).contains($0) }) { endParagraph() }
                paragraph.append(line)
            }
        }
        endParagraph()
        return prose.joined()
    }
}
