import AlmanacReplica

/// Writes a reply for programs: every column, values as they are.
struct ProgramReply {
    let isRaw: Bool
    let sink: TextSink

    /// One object a line, named by what it is; a summary ends them.
    func messages(_ reply: Reply) throws {
        for section in reply.sections {
            for row in section.answer.rows {
                try line(.message(section.answer.kind, AnswerText.members(row, of: section.answer)))
            }
        }
        let count = reply.sections.reduce(0) { $0 + $1.answer.rows.count }
        try line(
            .message(
                "summary", [JSONMember("rows", .count(count)), JSONMember("notes", .array(reply.notes.map { .string($0) }))]))
    }

    /// One object a line.
    func lines(_ reply: Reply) throws {
        for section in reply.sections { for object in objects(section.answer) { try line(object) } }
    }

    /// One table: an array of objects. Several: an object with an array for each kind.
    func object(_ reply: Reply) throws {
        if reply.sections.count == 1, let section = reply.sections.first { return try line(.array(objects(section.answer))) }
        var kinds: [String] = []
        for section in reply.sections where !kinds.contains(section.answer.kind) { kinds.append(section.answer.kind) }
        try line(
            .object(
                kinds.map { kind in
                    let sections = reply.sections.filter { $0.answer.kind == kind }
                    return JSONMember(kind, .array(sections.flatMap { objects($0.answer) }))
                }))
    }

    /// Throws unless there is one table.
    func csv(_ reply: Reply) throws {
        guard reply.sections.count == 1, let answer = reply.sections.first?.answer else {
            throw ClientError.usage("This answer has several tables, which CSV cannot hold: take --format json or --json.")
        }
        var writer = CSVWriter(isRaw: isRaw, sink: sink)
        try writer.begin(answer.columns.map(\.name))
        for row in answer.rows { try writer.row(row) }
        try writer.end()
    }

    private func objects(_ answer: Answer) -> [JSONValue] { answer.rows.map { .object(AnswerText.members($0, of: answer)) } }

    private func line(_ value: JSONValue) throws { try sink(value.text + "\n") }
}
