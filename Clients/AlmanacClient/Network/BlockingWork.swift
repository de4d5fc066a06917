import Dispatch

/// Long work on files, away from the threads that asynchronous code shares.
enum BlockingWork {
    static func run<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(with: Swift.Result(catching: body)) }
        }
    }
}

/// Something that is not `Sendable` on its way to ``BlockingWork``.
///
/// `@unchecked`: the giver waits for the work to end and touches nothing meanwhile, so there is never more than one user.
struct Handover<Content>: @unchecked Sendable {
    let content: Content
}
