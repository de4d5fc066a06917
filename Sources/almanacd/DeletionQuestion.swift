import AlmanacServer
import Glibc

/// Asks whoever sits at a terminal for the number of deletions that an import needs confirmed. Nothing is held open meanwhile: the
/// import runs again with the answer, and a dataset that has changed since asks for another number, which is then refused.
enum DeletionQuestion {
    static func asking<Result>(_ confirmed: Int?, _ body: (Int?) throws -> Result) throws -> Result {
        do {
            return try body(confirmed)
        } catch Importer.Failure.deletions(let plan) where confirmed == nil && isTerminal {
            printError("This import deletes \(plan). To do it, type the number of deletions (\(plan.total)):")
            guard let answer = readLine(), Int(answer.filter { $0 != " " && $0 != "," }) == plan.total else {
                throw Importer.Failure.deletions(plan)
            }
            return try body(plan.total)
        }
    }

    private static var isTerminal: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1 }
}
