import AlmanacClient
import Foundation
import Testing

@Suite struct EditorTests {
    /// A file that an editor changes, and a command that does so.
    private func edited(_ command: String, _ original: String = "before") throws -> String {
        let folder = try TemporaryDirectory()
        let path = "\(folder.path)/draft with a space.md"
        try Data(DraftText.content(original, comments: ["who will see it"]).utf8).write(to: URL(fileURLWithPath: path))
        try Editor(environment: ["EDITOR": command]).edit(path)
        return DraftText.text(of: try String(contentsOfFile: path, encoding: .utf8))
    }

    @Test func whatTheEditorWritesIsTaken() throws {
        #expect(try edited(#"sh -c 'printf "after\nmore\n" >"$0"'"#) == "after\nmore")
        #expect(try edited("sed -i s/before/between/") == "between")
    }

    @Test func visualGoesBeforeEditor() {
        #expect(Editor(environment: ["VISUAL": "a", "EDITOR": "b"]).command == "a")
        #expect(Editor(environment: ["VISUAL": "", "EDITOR": "b"]).command == "b")
        #expect(Editor(environment: [:]).command == "vi")
    }

    @Test func anEditorThatEndsBadlySaysHow() throws {
        #expect(throws: WritingError.editor("no-such-editor-here", "was not found")) { try edited("no-such-editor-here") }
        #expect(throws: WritingError.editor("exit 3;", "ended with status 3")) { try edited("exit 3;") }
        #expect(throws: WritingError.editor("kill -9 $$;", "was killed by signal 9")) { try edited("kill -9 $$;") }
    }
}
