import GRDB

/// A view that a program adds to a replica, beside those of the schema, for what it knows about the dataset.
///
/// It holds nothing that travels: digests do not see it, and every sync makes it anew where it differs.
public struct AnswerView: Hashable, Sendable {
    /// Begins with ``prefix``, so that it never takes the name of a collection by accident.
    public let name: String
    /// One SELECT over the views of collections and other answer views.
    public let select: String
    /// The views that have to be there.
    public let requires: [String]

    public static let prefix = "answer_"

    /// `name` without the prefix.
    public init(_ name: String, requires: [String], select: String) {
        self.name = Self.prefix + name
        self.requires = requires
        self.select = select
    }

    static func isName(_ name: String) -> Bool { name.hasPrefix(prefix) }

    func definition(isTemporary: Bool) -> String {
        "CREATE \(isTemporary ? "TEMP " : "")VIEW \(name.quotedDatabaseIdentifier) AS \(select)"
    }

    /// Those for which everything is there, given the names of the views of collections. A collection of the same name goes before.
    static func fitting(_ views: [AnswerView], beside collections: Set<String>) -> [AnswerView] {
        var (known, fitting) = (collections, [AnswerView]())
        for view in views where !collections.contains(view.name) && view.requires.allSatisfy(known.contains) {
            known.insert(view.name)
            fitting.append(view)
        }
        return fitting
    }
}
