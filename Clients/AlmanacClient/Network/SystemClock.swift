import AlmanacModel
import Glibc

/// The time of day, as the system has it, and one for deadlines.
public enum SystemClock {
    @Sendable public static func now() -> Instant { read(CLOCK_REALTIME) }

    /// Goes on while the machine sleeps and never jumps: what was silent for too long is so after a night with the lid closed, and
    /// not because somebody has set the clock.
    @Sendable static func sinceBoot() -> Instant { read(CLOCK_BOOTTIME) }

    private static func read(_ clock: clockid_t) -> Instant {
        var time = timespec()
        clock_gettime(clock, &time)
        return Instant(clamping: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
    }
}
