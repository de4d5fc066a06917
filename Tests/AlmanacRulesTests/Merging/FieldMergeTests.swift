import AlmanacModel
import AlmanacRules
import Testing

@Suite struct FieldMergeTests {
    private func set(_ elements: Text...) -> Value { .textSet(TextSet(elements)) }

    @Test(arguments: MergeRule.allCases) func anUntouchedFieldJustTakesTheChange(rule: MergeRule) {
        #expect(FieldMerge.value(rule: rule, base: "a", mine: "b", server: "a") == .value("b"))
        #expect(FieldMerge.value(rule: rule, base: nil, mine: "b", server: nil) == .value("b"))
        #expect(FieldMerge.value(rule: rule, base: "a", mine: nil, server: "a") == .value(nil))
        #expect(FieldMerge.value(rule: rule, base: .integer(1), mine: .integer(2), server: .integer(1)) == .value(.integer(2)))
    }

    @Test(arguments: MergeRule.allCases) func theSameChangeTwiceChangesNothing(rule: MergeRule) {
        #expect(FieldMerge.value(rule: rule, base: "a", mine: "b", server: "b") == .unchanged)
        #expect(FieldMerge.value(rule: rule, base: "a", mine: nil, server: nil) == .unchanged)
        #expect(FieldMerge.value(rule: rule, base: "a", mine: "a", server: "a") == .unchanged)
        #expect(FieldMerge.value(rule: rule, base: set("a"), mine: set("b"), server: set("b")) == .unchanged)
    }

    @Test func aScalarKeepsTheFirstAcceptedValue() {
        #expect(FieldMerge.value(rule: .scalar, base: "a", mine: "b", server: "c") == .conflict)
        #expect(FieldMerge.value(rule: .scalar, base: nil, mine: "b", server: "c") == .conflict)
        #expect(FieldMerge.value(rule: .scalar, base: "a", mine: nil, server: "c") == .conflict)
        #expect(FieldMerge.value(rule: .scalar, base: set("a"), mine: set("b"), server: set("c")) == .conflict)
        #expect(FieldMerge.value(rule: .scalar, base: "a\nb\nc\n", mine: "A\nb\nc\n", server: "a\nb\nC\n") == .conflict)
    }

    @Test func textsMergeByLines() {
        #expect(FieldMerge.value(rule: .text, base: "a\nb\nc\n", mine: "A\nb\nc\n", server: "a\nb\nC\n") == .value("A\nb\nC\n"))
        #expect(FieldMerge.value(rule: .text, base: "a\nb\nc\n", mine: "A\nb\nc\n", server: "A\nb\nC\n") == .unchanged)
        #expect(FieldMerge.value(rule: .text, base: "a", mine: "b", server: "c") == .conflict)
        #expect(FieldMerge.value(rule: .text, base: nil, mine: "a\n", server: "b\n") == .conflict)
        #expect(FieldMerge.value(rule: .text, base: nil, mine: "a\n", server: "") == .value("a\n"), "no base is an empty text")
    }

    @Test func aClearedTextIsNoTextToMerge() {
        #expect(FieldMerge.value(rule: .text, base: "a\nb\n", mine: nil, server: "a\nB\n") == .conflict)
        #expect(FieldMerge.value(rule: .text, base: "a\nb\n", mine: "a\nB\n", server: nil) == .conflict)
        #expect(FieldMerge.value(rule: .text, base: "a", mine: "b", server: .integer(1)) == .conflict)
    }

    @Test func setsMergeByElement() {
        let base = set("a", "b", "c")
        #expect(
            FieldMerge.value(rule: .set, base: base, mine: set("a", "b", "m"), server: set("b", "c", "s"))
                == .value(set("b", "m", "s")))
        #expect(FieldMerge.value(rule: .set, base: nil, mine: set("a"), server: set("b")) == .value(set("a", "b")))
        #expect(FieldMerge.value(rule: .set, base: base, mine: nil, server: set("b", "c", "s")) == .value(set("s")))
        #expect(FieldMerge.value(rule: .set, base: base, mine: set("b"), server: set("a", "b")) == .value(set("b")))
        #expect(FieldMerge.value(rule: .set, base: base, mine: set("a", "b"), server: nil) == .unchanged, "c is gone already")
        #expect(FieldMerge.value(rule: .set, base: set("a"), mine: nil, server: set("a")) == .value(nil))
        #expect(
            FieldMerge.value(rule: .set, base: set("a"), mine: set(), server: set("a")) == .value(nil), "no empty set is made")
        #expect(FieldMerge.value(rule: .set, base: set("a"), mine: set("b"), server: .integer(1)) == .conflict)
        #expect(FieldMerge.value(rule: .set, base: "a", mine: "b", server: "c") == .conflict, "no sets at all")
    }

    @Test func elementsComeAndGo() {
        func elements(_ added: [Text], _ removed: [Text], _ server: Value?) -> MergedField {
            FieldMerge.elements(added: TextSet(added), removed: TextSet(removed), server: server)
        }
        #expect(elements(["x"], ["a"], set("a", "b")) == .value(set("b", "x")))
        #expect(elements(["x"], [], nil) == .value(set("x")))
        #expect(elements([], ["a"], set("a")) == .value(nil))
        #expect(elements([], ["a"], nil) == .unchanged)
        #expect(elements(["a"], ["z"], set("a", "b")) == .unchanged)
        #expect(elements([], [], set("a")) == .unchanged)
        #expect(elements(["a"], [], "text") == .conflict)
    }
}
