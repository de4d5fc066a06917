import AlmanacClient
import AlmanacDataset

extension GlobalOptions {
    /// What people call things in a dataset of innovation clusters; any other has collections and keys.
    func targetNames(_ context: Context) -> TargetNames {
        TargetNames(collections: ["subjects", "contradictions", "statements"]) { name in
            do {
                return [
                    try SubjectLookup.key(called: name, in: DatasetReader(context.openReplicaForReading(views: AnswerViews.all)))
                ]
            } catch QuestionError.notThisDataset {
                return []
            }
        }
    }
}
