import AlmanacModel
import Testing

@Suite struct StreamPatternCoverTests {
    private static let patterns = ["*", "a", "a/*", "a/b", "a/b/*", "a/b/c", "b", "ab", "ab/*"].compactMap { StreamPattern($0) }
    private static let names = ["a", "a/b", "a/b/c", "a/b/c/d", "a/d", "b", "ab", "ab/c", "z"].compactMap { StreamName($0) }

    /// One covers another exactly where it matches everything that the other does; two never overlap without that.
    @Test func coveringIsMatchingEverything() {
        for first in Self.patterns {
            for second in Self.patterns {
                let matched = Self.names.filter(second.matches)
                #expect(first.covers(second) == matched.allSatisfy(first.matches), "\(first) and \(second)")
                let both = matched.contains(where: first.matches)
                #expect(both == (first.covers(second) || second.covers(first)), "\(first) and \(second)")
            }
        }
    }
}
