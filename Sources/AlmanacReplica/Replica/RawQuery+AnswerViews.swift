import GRDBSQLite

extension RawQuery {
    /// Notes which of these views fit the file.
    ///
    /// They are temporary, and not the file's own: those may say something else, and may not use every function, because a file is not trusted.
    func offer(_ views: [AnswerView]) throws {
        guard !views.isEmpty else { return }
        try run("SELECT name FROM main.sqlite_master WHERE type = 'view'", timeout: .seconds(60)) { _ in
        } row: { cells in
            if case .text(let name)? = cells.first { viewNames.insert(name) }
            return true
        }
        offered = AnswerView.fitting(views, beside: viewNames.filter { !AnswerView.isName($0) })
        viewNames.formUnion(offered.map(\.name))
    }

    /// Makes what the statement names and is not made yet, with what that needs: all of them take longer than most answers.
    func makeViews(namedIn sql: String) throws {
        guard !offered.isEmpty else { return }
        let text = sql.lowercased()
        var needed: Set<String> = []
        // Backwards, so that what a view needs is found after it.
        for view in offered.reversed() where needed.contains(view.name) || text.contains(view.name) {
            needed.insert(view.name)
            needed.formUnion(view.requires)
        }
        guard !needed.isDisjoint(with: offered.map(\.name)) else { return }
        sqlite3_set_authorizer(connection, nil, nil)
        defer { sqlite3_set_authorizer(connection, RawAuthoriser.authorise, nil) }
        for view in offered where needed.contains(view.name) {
            let code = sqlite3_exec(connection, view.definition(isTemporary: true), nil, nil, nil)
            guard code == SQLITE_OK else { throw Failure.sql(String(cString: sqlite3_errmsg(connection))) }
        }
        offered.removeAll { needed.contains($0.name) }
    }
}
