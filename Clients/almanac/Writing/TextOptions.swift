import ArgumentParser

/// Where the text of an annotation comes from; without any of these an editor is opened.
struct TextOptions: ParsableArguments {
    @Option(name: [.customShort("m"), .customLong("message")], help: ArgumentHelp("The text, in Markdown.", valueName: "text"))
    var text: String?

    @Option(name: [.customShort("F"), .customLong("file")], help: ArgumentHelp("A file with the text.", valueName: "path"))
    var file: String?

    @Argument(help: "- reads the text from standard input.")
    var input: String?

    func validate() throws {
        if let input, input != "-" {
            throw ValidationError("“\(input)” is one argument too many: put the text behind -m, in quotes.")
        }
        guard [text, file, input].compactMap(\.self).count <= 1 else {
            throw ValidationError("-m, -F and - exclude each other.")
        }
    }

    var isGiven: Bool { text != nil || file != nil || input != nil }
}
