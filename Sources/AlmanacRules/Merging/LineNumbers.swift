import AlmanacModel

/// Gives equal lines equal numbers, so that texts are compared by numbers. A line has its line feed, if it has one.
struct LineNumbers {
    private var numbers: [ArraySlice<UInt8>: Int] = [:]
    private var lines: [ArraySlice<UInt8>] = []

    mutating func lines(of text: Text) -> [Int] {
        var rest = Array(text.utf8)[...]
        var found: [Int] = []
        while !rest.isEmpty {
            let end = rest.firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? rest.endIndex
            found.append(number(of: rest[..<end]))
            rest = rest[end...]
        }
        return found
    }

    func bytes(of numbers: [Int]) -> [UInt8] { numbers.flatMap { lines[$0] } }

    private mutating func number(of line: ArraySlice<UInt8>) -> Int {
        if let number = numbers[line] { return number }
        numbers[line] = lines.count
        lines.append(line)
        return lines.count - 1
    }
}
