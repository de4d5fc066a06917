/// Finds a subject for commands that are about something else than a question.
public enum SubjectLookup {
    /// The key of the one subject with this name, key, code or alias. Throws ``QuestionError`` where there is none, or several.
    public static func key(called name: String, in dataset: DatasetReader) throws -> String {
        try dataset.require("subjects", "aliases", "economies")
        return try SubjectNames(dataset).find(name).key
    }
}
