import AlmanacDataset
import AlmanacReplica
import Foundation
import Testing

@Suite struct AnswerViewsTests {
    /// A view is made when it is named, with what it says that it needs, and with nothing else.
    @Test(arguments: AnswerViews.all)
    func eachSaysWhatItNeedsAndAnswersAlone(_ view: AnswerView) throws {
        let words = Set(view.select.matches(of: /answer_[a-z_]+/).map { String($0.output) })
        #expect(words.subtracting([view.name]).isSubset(of: view.requires))
        let rows = try StarterDataset.reader().rows("SELECT * FROM \(view.name) LIMIT 2")
        #expect(!rows.isEmpty)
    }

    @Test func noneIsNamedTwiceAndEachComesBehindWhatItNeeds() {
        var known: Set<String> = []
        for view in AnswerViews.all {
            #expect(view.requires.filter { $0.hasPrefix(AnswerView.prefix) }.allSatisfy(known.contains), "\(view.name)")
            #expect(known.insert(view.name).inserted, "\(view.name)")
        }
    }
}
