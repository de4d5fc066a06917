/// Runs of backticks that are closed by a run of the same length.
enum CodeSpans {
    /// A paragraph with a space in the place of each.
    static func removed(from paragraph: [UInt8]) -> String {
        let runs = runs(in: paragraph)
        var ahead = Dictionary(grouping: runs.indices) { runs[$0].count }.mapValues { $0[...] }
        var (kept, position, index) = ([UInt8](), 0, 0)
        while index < runs.count {
            // An escaped backtick opens nothing, but those behind it do.
            let start = runs[index].lowerBound + (isEscaped(runs[index].lowerBound, paragraph) ? 1 : 0)
            let length = runs[index].upperBound - start
            let closing = ahead[length]?.drop { $0 <= index }
            ahead[length] = closing
            if length > 0, let close = closing?.first {
                kept += paragraph[position..<start] + [UInt8(ascii: " ")]
                position = runs[close].upperBound
                index = close
            }
            index += 1
        }
        return String(decoding: kept + paragraph[position...], as: UTF8.self)
    }

    private static func isEscaped(_ place: Int, _ paragraph: [UInt8]) -> Bool {
        !paragraph[..<place].reversed().prefix { $0 == UInt8(ascii: "\\") }.count.isMultiple(of: 2)
    }

    private static func runs(in paragraph: [UInt8]) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        var index = 0
        while index < paragraph.count {
            guard paragraph[index] == UInt8(ascii: "`") else { index += 1; continue }
            let start = index
            while index < paragraph.count, paragraph[index] == UInt8(ascii: "`") { index += 1 }
            runs.append(start..<index)
        }
        return runs
    }
}
