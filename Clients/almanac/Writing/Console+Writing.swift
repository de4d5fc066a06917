import AlmanacClient

extension Console {
    /// Whether somebody can be asked.
    var isAsking: Bool { StandardStream.input.isTerminal && !isJSON }

    /// Before something is saved, a person hears who will see it; a script reads it in the result.
    func announce(_ audience: Audience) {
        if isAsking { note(audience.sentence) }
        if let caveat = audience.caveat { warn(caveat) }
    }

    /// What was saved, and that nobody has it yet.
    func tell(_ saved: SavedChange, _ members: [JSONMember] = []) throws {
        guard !isJSON else { return try message("saved", saved.members + members) }
        try line("\(glyphs.check) \(saved.sentence)")
        if let caveat = saved.caveat { warn(Visible.text(caveat)) }
    }

    /// Goes on where somebody says yes.
    func confirm(_ question: String, yes: Bool, command: String) throws {
        if yes { return }
        guard isAsking else { throw ClientError.usage("Without a terminal to ask on, \(command) needs --yes.") }
        note("\(question) [y/N]")
        guard let answer = readLine(), ["y", "yes"].contains(answer.lowercased()) else { throw ClientError.declined }
    }
}
