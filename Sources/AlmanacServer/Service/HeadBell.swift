import NIOConcurrencyHelpers

/// Tells whoever watches the head that this server has just committed, so that followers need not wait for the next look.
final class HeadBell: Sendable {
    private let listener: NIOLockedValueBox<(@Sendable () -> Void)?> = NIOLockedValueBox(nil)

    func listen(_ listener: @escaping @Sendable () -> Void) { self.listener.withLockedValue { $0 = listener } }

    func ring() { listener.withLockedValue { $0 }?() }
}
