import AlmanacClient

/// Gets the text that a command needs, and keeps what somebody typed in an editor until it is saved.
struct TextInput {
    let context: Context
    let options: TextOptions
    let console: Console
    let environment: [String: String]

    /// In bytes: more than any annotation may have.
    private static let limit = 1_048_576

    /// Hands the text to the body, which saves it. `original` is what there is to change; `comments` stand in the editor below the text.
    func use<Result>(
        original: String = "", comments: [String], _ body: (String) throws -> Result
    ) throws -> Result {
        if let given = try given() { return try body(given) }
        return try edited(original, comments, body)
    }

    /// The text, where the options say where it is; nil where an editor is needed.
    func given() throws -> String? {
        guard let content = try content() else { return nil }
        let text = DraftText.text(of: content)
        guard !text.isEmpty else { throw WritingError.emptyText }
        return text
    }

    private func content() throws -> String? {
        if let text = options.text { return text }
        if let path = options.file { return try TextFile.read(path, atMost: Self.limit) }
        return options.input == nil ? nil : try StandardStream.input.readAll(atMost: Self.limit)
    }

    func edited<Result>(_ original: String, _ comments: [String], _ body: (String) throws -> Result) throws -> Result {
        guard StandardStream.input.isTerminal, !console.isJSON else {
            throw ClientError.usage("Without a terminal to write on, a text is needed: -m TEXT, -F FILE, or -.")
        }
        let draft = try DraftFile(in: context, text: original, comments: comments)
        do {
            try Editor(environment: environment).edit(draft.path)
            let text = try draft.text()
            guard !text.isEmpty else { throw WritingError.emptyText }
            guard text != original else { throw WritingError.unchanged }
            let result = try body(text)
            try? draft.remove()
            return result
        } catch {
            keep(draft, original)
            throw error
        }
    }

    /// Nothing that somebody typed is thrown away because it could not be saved.
    private func keep(_ draft: DraftFile, _ original: String) {
        guard let text = try? draft.text(), !text.isEmpty, text != original else {
            try? draft.remove()
            return
        }
        try? draft.keep(text)
        console.warn("the text is kept in \(draft.path): use it by -F")
    }
}
