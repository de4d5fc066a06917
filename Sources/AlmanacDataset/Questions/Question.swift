import AlmanacReplica

/// Something that people ask of the dataset. Every figure in the reply comes with its source.
public protocol Question: Sendable {
    /// Throws ``QuestionError`` where the question names what is not there, else what reading the replica throws.
    func reply(from dataset: DatasetReader) throws -> Reply
}
