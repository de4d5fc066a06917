/// A text in lines of a width: broken at spaces, and inside a word only where it is longer than a line.
enum WrappedText {
    /// At least one line; none wider than `width` unless a single character is.
    static func lines(_ text: String, width: Int) -> [String] {
        var lines: [String] = []
        var (line, used) = ("", 0)
        for word in text.split(separator: " ", omittingEmptySubsequences: true) {
            for (index, piece) in pieces(word, width: width).enumerated() {
                let length = DisplayWidth.of(piece)
                let gap = line.isEmpty || index > 0 ? 0 : 1
                if !line.isEmpty, index > 0 || used + gap + length > width {
                    lines.append(line)
                    (line, used) = (piece, length)
                } else {
                    line += (gap == 1 ? " " : "") + piece
                    used += gap + length
                }
            }
        }
        return lines + (line.isEmpty && !lines.isEmpty ? [] : [line])
    }

    private static func pieces(_ word: Substring, width: Int) -> [String] {
        guard DisplayWidth.of(String(word)) > width else { return [String(word)] }
        var pieces: [String] = []
        var (piece, used) = ("", 0)
        for character in word {
            let next = DisplayWidth.of(character)
            if used + next > width, !piece.isEmpty {
                pieces.append(piece)
                (piece, used) = ("", 0)
            }
            piece.append(character)
            used += next
        }
        return pieces + [piece]
    }
}
