import AlmanacModel
import AlmanacWire
import Foundation
import Synchronization

/// Everything that one server measures. `deploy/README.md` says what each means.
final class ServerMetrics: Sendable {
    let connectionsOpen = Gauge("almanacd_connections_open", "Connections that are open.")
    let connectionsAccepted = Counter(
        "almanacd_connections_accepted_total", "Connections that came, the refused ones among them.")
    let connectionsRefused = CounterFamily(
        "almanacd_connections_refused_total", "Connections that were closed at once, by the limit that they met.",
        label: "limit", values: ConnectionRefusal.allCases.map(\.rawValue))
    let acceptFailures = Counter(
        "almanacd_accept_failures_total", "Connections that the system did not hand over, or whose socket took no option.")
    let connectionsClosed = CounterFamily(
        "almanacd_connections_closed_total", "Connections that ended after the handshake by this server, or broke, by reason.",
        label: "reason", values: ["hello_timed_out", "idle", "stalled", "drained", "failed"] + codes)
    let handshakesOpen = Gauge("almanacd_handshakes_open", "Connections whose TLS handshake is under way.")
    let handshakesCompleted = CounterFamily(
        "almanacd_handshakes_completed_total", "TLS handshakes that were completed.", label: "kind", values: ["full", "resumed"])
    let handshakesFailed = CounterFamily(
        "almanacd_handshakes_failed_total", "TLS handshakes that failed, by reason.", label: "reason",
        values: HandshakeFailure.reasons)
    let enrolments = CounterFamily(
        "almanacd_enrolments_total", "Attempts to enrol, by what came of them.", label: "outcome",
        values: ["enrolled", "refused", "limited", "failed"])
    let pullsBegun = Counter("almanacd_pulls_begun_total", "Pulls that began.")
    let pullsCompleted = Counter("almanacd_pulls_completed_total", "Pulls that ended with everything sent.")
    let pullsRefused = CounterFamily(
        "almanacd_pulls_refused_total", "Pulls that ended with an error, by its code.", label: "code", values: codes)
    let stepsReached = Counter("almanacd_follow_steps_total", "Times that a follower was told a head, new or signed anew.")
    let errors = CounterFamily("almanacd_errors_sent_total", "Errors that were sent, by code.", label: "code", values: codes)
    let framesRejected = CounterFamily(
        "almanacd_frames_rejected_total", "Frames that the protocol does not allow, by reason.", label: "reason",
        values: rejections)
    let windows = Counter("almanacd_windows_sent_total", "Windows that were sent.")
    let windowBytesRaw = Counter("almanacd_window_raw_bytes_total", "Bytes of the windows sent, before they were deflated.")
    let windowBytesSent = Counter("almanacd_window_bytes_total", "Bytes of the windows sent, as frames carry them.")
    let bytesReceived = Counter("almanacd_received_bytes_total", "Bytes received from sockets.")
    let bytesSent = Counter("almanacd_sent_bytes_total", "Bytes given to sockets.")
    let commitsSeen = Counter("almanacd_commits_seen_total", "Commits that the head has moved by since the start.")
    let headSequence = Gauge("almanacd_head_sequence", "The sequence of the head.")
    let headTime = Gauge("almanacd_head_timestamp_seconds", "When the head was committed, in seconds since 1970.")
    let storeReads = Histogram(
        "almanacd_store_read_seconds", "How long short looks into the store took: heads, devices, rights.", bounds: bounds)
    let pullReads = Histogram(
        "almanacd_pull_read_seconds", "How long reading a piece of a pull took that was not encoded already.", bounds: bounds)
    let commitsNoticed = Histogram(
        "almanacd_commit_notice_seconds", "From the time that a new head names until it was noticed.", bounds: bounds)
    let commitsDelivered = Histogram(
        "almanacd_commit_delivery_seconds", "From when a new head was noticed until it was sent to a follower, for each.",
        bounds: bounds)
    let operationsApplied = Counter(
        "almanacd_operations_applied_total", "Operations whose receipt says that they were applied, repeated ones among them.")
    let operationsRejected = CounterFamily(
        "almanacd_operations_rejected_total", "Operations whose receipt says that they were rejected, by reason.",
        label: "reason", values: RejectionReason.known.map(\.description))
    let conflictsKept = Counter("almanacd_conflicts_kept_total", "Conflicts that receipts name.")
    let pushGroups = Histogram(
        "almanacd_push_group_sheets", "How many pushes were made durable together.", bounds: [1, 2, 4, 8, 16, 32, 64, 128, 256])
    let pushSeconds = Histogram(
        "almanacd_push_seconds", "From when a push was taken up until it was answered.", bounds: bounds)
    private let noticed = Mutex<(head: AlmanacModel.Sequence, at: ContinuousClock.Instant)?>(nil)
    let followers = Followers()
    let started = Date()
    private let cache: DeltaCache

    private static let bounds = [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5]
    private static let codes = ErrorCode.known.map(\.description)
    private static let rejections = [
        "truncated", "trailing_bytes", "non_canonical_varint", "non_canonical", "too_large", "out_of_range", "not_utf8",
        "not_ascending", "unknown_code", "bad_flags", "bad_exchange", "wrong_direction", "inconsistent", "repeated", "inflate",
        "unknown_type", "too_slow",
    ]

    init(cache: DeltaCache) { self.cache = cache }

    var all: [any Metric] {
        [
            connectionsOpen, connectionsAccepted, connectionsRefused, acceptFailures, connectionsClosed, handshakesOpen,
            handshakesCompleted, handshakesFailed, enrolments, pullsBegun, pullsCompleted, pullsRefused, stepsReached, errors,
            framesRejected, windows, windowBytesRaw, windowBytesSent, bytesReceived, bytesSent, commitsSeen, headSequence,
            headTime, followersByLag, storeReads, pullReads, commitsNoticed, commitsDelivered,
            operationsApplied, operationsRejected, conflictsKept, pushGroups, pushSeconds,
        ] + caching + process
    }

    var lag: [(range: String, count: Int)] { followers.lag(behind: AlmanacModel.Sequence(UInt64(clamping: headSequence.value))) }

    private var followersByLag: Reading {
        Reading("almanacd_followers", "Pulls that follow the head, by how many commits they were not yet sent.") { [self] in
            lag.map { MetricSample(label: ("behind", $0.range), value: Double($0.count)) }
        }
    }

    private var caching: [any Metric] {
        [
            Reading("almanacd_delta_cache_hits_total", "Pieces of pulls that were encoded already.", .counter) { [cache] in
                Double(cache.counts.hits)
            },
            Reading("almanacd_delta_cache_misses_total", "Pieces of pulls that had to be read.", .counter) { [cache] in
                Double(cache.counts.misses)
            },
        ]
    }

    /// Under the names that every client library of Prometheus uses.
    private var process: [any Metric] {
        [
            Reading("process_resident_memory_bytes", "Resident memory.") { ProcessUsage.residentByteCount.map(Double.init) },
            Reading("process_open_fds", "Open file descriptors.") { ProcessUsage.openDescriptorCount.map(Double.init) },
            Reading("process_max_fds", "File descriptors that may be open.") { Descriptors.limit.map(Double.init) },
            Reading("process_cpu_seconds_total", "CPU time used.", .counter) { ProcessUsage.cpuSeconds },
            Reading("process_start_time_seconds", "When the server started, in seconds since 1970.") { [started] in
                started.timeIntervalSince1970
            },
        ]
    }

    /// A follower that had everything was sent this head.
    func delivered(_ head: AlmanacModel.Sequence) {
        guard let noticed = noticed.withLock({ $0 }), noticed.head == head else { return }
        commitsDelivered.observe(.now - noticed.at)
    }

    /// There is a new head; nil stands for the start.
    func note(_ news: Backend.News, after head: AlmanacModel.Sequence?, now: Instant) {
        if head != nil {
            noticed.withLock { $0 = (head: news.head, at: .now) }
            if let time = news.time { commitsNoticed.observe(max(.zero, now.duration(since: time))) }
        }
        if let time = news.time { headTime.set(Int(clamping: time.milliseconds / 1_000)) }
        if let head, news.head > head { commitsSeen.add(Int(clamping: news.head.rawValue - head.rawValue)) }
        headSequence.set(Int(clamping: news.head.rawValue))
    }
}
