import AlmanacClient
import Dispatch
import Glibc

/// Ctrl-C and SIGTERM become a wish to stop. Where nobody waits for the network nothing is at stake, and the process ends at once.
final class InterruptSignal {
    private let sources: [any DispatchSourceSignal]

    init(_ interruption: Interruption) {
        sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                guard !interruption.request() else { return }
                // The prompt does not go on where a line of progress stands.
                if isatty(STDERR_FILENO) != 0 { _ = write(STDERR_FILENO, "\n", 1) }
                _exit(ExitStatus.interrupted.rawValue)
            }
            source.resume()
            return source
        }
    }

    deinit {
        for source in sources { source.cancel() }
    }
}
