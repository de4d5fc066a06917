/// An invariant that does not hold for some bytes.
public struct Finding: Error, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }

    /// - Throws: itself, where the invariant does not hold.
    static func unless(_ holds: Bool, _ invariant: @autoclosure () -> String) throws(Finding) {
        guard holds else { throw Finding(invariant()) }
    }
}
