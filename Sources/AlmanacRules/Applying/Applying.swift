import AlmanacModel

/// What becomes of an operation: the same on the authority, which then does it, and on a laptop, which says it beforehand.
public enum Applying {
    /// Throws ``OperationRejection`` where nothing comes of it, and the ground's errors.
    public static func effects(
        of operation: Operation, by author: OperationAuthor, over ground: any OperationGround
    ) throws -> OperationEffects {
        let application = OperationApplication(operation, by: author, over: ground)
        for (index, change) in operation.changes.enumerated() { try application.apply(change, at: index) }
        return try application.finish()
    }
}
