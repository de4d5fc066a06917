import AlmanacReplica

/// `almanac show`: everything that is known of one subject.
public struct ShowQuestion: Question {
    public var name: String

    /// `name` is a name, an alias, or a key such as `place/shenzhen`.
    public init(_ name: String) { self.name = name }

    public func reply(from dataset: DatasetReader) throws -> Reply {
        try dataset.require("answer_show")
        let names = try SubjectNames(dataset)
        let subject = try names.find(name)
        let known = try KnownOfSubject(subject, in: dataset)
        return Reply(
            try [.init(subject.name, known.details(), as: .blocks)] + known.editionSections() + known.figureSections()
                + known.moneySections()
                + known.wordSections(),
            notes: names.others(called: name, than: subject).filter { !known.linked.contains($0.key) }.map {
                "There is also the \($0.kind.rawValue) \($0.name), another thing: almanac show \($0.key)"
            } + known.notes())
    }
}
