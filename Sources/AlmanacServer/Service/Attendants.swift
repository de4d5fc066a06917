import AlmanacModel
import AlmanacWire
import Logging
import NIOCore

/// What runs beside the connections while a server serves: the socket for `almanacd status`, the numbers in the log, and whatever the
/// service manager wants to hear.
final class Attendants: Sendable {
    private static let interval = TimeAmount.seconds(10)

    private let statusListener: StatusListener?
    private let tasks: [RepeatedTask]
    private let refusals: RefusalLog

    /// Without a socket it serves nevertheless: the log says why there is none.
    init(
        _ backend: Backend, _ group: any EventLoopGroup, _ notifier: ServiceNotifier?, directory: DataDirectory, address: String,
        dataset: UniqueID
    ) async {
        let metrics = backend.metrics
        refusals = backend.refusals
        do {
            statusListener = try await StatusListener.bind(in: directory, group: group) {
                ServerStatus(metrics, address: address, dataset: "\(dataset)")
            }
        } catch {
            statusListener = nil
            backend.logger.warning("almanacd status will not find this server", metadata: ["error": "\(error)"])
        }
        notifier?.ready(Self.sentence(address, metrics))
        let housekeeping = group.next().scheduleRepeatedTask(initialDelay: Self.interval, delay: Self.interval) { _ in
            backend.refusals.flush(now: Instant(.now()))
            notifier?.status(Self.sentence(address, metrics))
        }
        let watchdog = notifier.flatMap { Watchdog(backend: backend, group: group, notifier: $0).start() }
        tasks = [housekeeping, watchdog].compactMap { $0 }
    }

    func stop() async {
        for task in tasks { task.cancel() }
        refusals.flush(now: .distantFuture)
        await statusListener?.close()
    }

    private static func sentence(_ address: String, _ metrics: ServerMetrics) -> String {
        "serving \(address), head r\(metrics.headSequence.value), connections: \(metrics.connectionsOpen.value)"
    }
}
