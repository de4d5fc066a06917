import AlmanacModel
import Testing

@testable import AlmanacClient

@Suite struct SubscriptionTests {
    private func patterns(_ texts: String...) -> [StreamPattern] { texts.compactMap { StreamPattern($0) } }
    private let known = ["a", "a/b", "a/c", "b", "reference"].compactMap { StreamName($0) }

    @Test func whatAnotherCoversIsNotNamedTwice() {
        #expect(Subscription(patterns("a/b", "a/*", "a", "reference")).patterns == patterns("a", "a/*"))
        #expect(Subscription(patterns("b")).adding(patterns("*")) == .all)
    }

    @Test func referenceIsAlwaysThere() {
        #expect(Subscription([]).includes(.reference))
        #expect(Subscription([]).removing(patterns("*"), known: known).includes(.reference))
    }

    @Test func takingOneOutOfAPatternLeavesTheOthers() {
        #expect(Subscription.all.removing(patterns("a/b"), known: known).patterns == patterns("a", "a/c", "b"))
        #expect(Subscription.all.removing(patterns("a/*"), known: known).patterns == patterns("a", "b"))
        #expect(Subscription(patterns("a/*", "b")).removing(patterns("b"), known: known).patterns == patterns("a/*"))
        #expect(Subscription(patterns("a/b", "b")).removing(patterns("*"), known: known).patterns.isEmpty)
        #expect(Subscription(patterns("b")).removing(patterns("c"), known: known).patterns == patterns("b"))
    }

    @Test func itIsKeptInTheSettingsAndOldSettingsMeanEverything() throws {
        let settings = try ContextSettings.sample()
        let path = "context.json"
        let kept = settings.with(Subscription(patterns("a/*", "b")))
        #expect(try ContextSettings.decode(kept.encoded(), path: path) == kept)
        let text = String(decoding: try settings.encoded(), as: UTF8.self)
        let old = try #require(text.firstRange(of: #/  "streams" : \[\s*"\*"\s*\],\n/#))
        let without = text.replacingCharacters(in: old)
        #expect(try ContextSettings.decode(Array(without.utf8), path: path) == settings)
        let wrong = text.replacing("\"*\"", with: "\"../x\"")
        #expect(throws: ClientError.self) { try ContextSettings.decode(Array(wrong.utf8), path: path) }
    }
}

extension String {
    fileprivate func replacingCharacters(in range: Range<String.Index>) -> String {
        String(self[..<range.lowerBound] + self[range.upperBound...])
    }
}
