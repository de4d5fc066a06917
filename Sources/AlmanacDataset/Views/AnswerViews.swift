import AlmanacReplica

/// The views that answer questions in SQL: `answer_NAME` holds what `almanac NAME` shows, for `sqlite3`, pandas and `almanac query`.
///
/// A view names only views before it, and those of collections.
public enum AnswerViews {
    public static let all: [AnswerView] = [
        clusters, movers, newcomers, economyFigures, economies, concentration, gini, concentrationStated, investments, hubs,
        hubRounds, frameworks, advice, compare, show, why, sources, contradictions, contradictionSides, revisions, search,
    ]
}
