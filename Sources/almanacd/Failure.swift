import ArgumentParser
import Foundation

/// Runs a command's work; an error becomes one sentence on stderr and exit code 1.
func reporting(_ work: () async throws -> Void) async throws {
    do {
        try await work()
    } catch let code as ExitCode {
        throw code
    } catch let usage as ValidationError {
        throw usage
    } catch {
        printError("error: \(sentence(error))")
        throw ExitCode.failure
    }
}

/// What an error says of itself, or the system's words for it.
private func sentence(_ error: any Error) -> String {
    switch error {
    case let error as any CustomStringConvertible
    where !(error is CocoaError || error is POSIXError || type(of: error) is NSError.Type):
        error.description
    default: error.localizedDescription
    }
}

/// For people.
func printError(_ text: String) {
    FileHandle.standardError.write(Data("\(text)\n".utf8))
}
