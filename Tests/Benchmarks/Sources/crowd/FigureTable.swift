/// What was measured, as a Markdown table.
struct FigureTable: CustomStringConvertible {
    private let circumstances: String
    private var rows = [["what", "figure", "goal"], ["---", "---:", "---:"]]

    init(_ stage: Stage) { circumstances = stage.circumstances }

    mutating func add(_ what: String, _ figure: String, goal: String = "") { rows.append([what, figure, goal]) }

    var description: String {
        ([circumstances, ""] + rows.map { "| \($0.joined(separator: " | ")) |" }).joined(separator: "\n")
    }
}

extension Double {
    /// With so many places.
    func shown(_ places: Int = 1) -> String {
        let scale = (0..<places).reduce(1.0) { scale, _ in scale * 10 }
        return "\((self * scale).rounded() / scale)"
    }
}
