/// Everything that a question brings: tables with headings, and what has to be known to read them rightly.
public struct Reply: Hashable, Sendable {
    /// A table with its heading; the only table of a reply needs none.
    public struct Section: Hashable, Sendable {
        public let heading: String?
        public let answer: Answer
        public let layout: Layout

        public init(_ answer: Answer) { self.init(nil, answer) }

        public init(_ heading: String?, _ answer: Answer, as layout: Layout = .table) {
            self.heading = heading
            self.answer = answer
            self.layout = layout
        }
    }

    /// How people see the rows of a section; programs see no difference.
    public enum Layout: Hashable, Sendable {
        /// A line each.
        case table
        /// A block each: a line for each value, for few rows with long texts.
        case blocks
    }

    public let sections: [Section]
    /// For people: a change of method, what is not known, how figures may not be read.
    public let notes: [String]

    public init(_ sections: [Section], notes: [String] = []) {
        self.sections = sections
        self.notes = notes
    }

    public init(_ answer: Answer, notes: [String] = []) { self.init([Section(answer)], notes: notes) }
}
