/// Distinct texts in the order of their bytes: tags, names, codes.
public struct TextSet: Hashable, Sendable {
    public let elements: [Text]

    /// Sorts, and drops repetitions.
    public init(_ elements: some Swift.Sequence<Text>) {
        var sorted: [Text] = []
        for element in elements.sorted() where sorted.last != element { sorted.append(element) }
        self.elements = sorted
    }

    /// Takes texts that must be strictly ascending already; nil otherwise.
    public init?(ascending elements: [Text]) {
        for (element, next) in zip(elements, elements.dropFirst()) where element >= next { return nil }
        self.elements = elements
    }
}
