import NIOCore

/// Has the head said again to all followers, signed anew, within each interval: some at every beat, so that ten thousand do not hear of
/// it at once.
struct HeadRenewer: Sendable {
    let connections: Connections
    let eventLoop: any EventLoop

    /// Until the task is cancelled.
    func start(every interval: Duration) -> RepeatedTask {
        let part = NIOLoopBoundBox.makeBoxSendingValue(0, eventLoop: eventLoop)
        let beat = TimeAmount(interval / Connections.partCount)
        return eventLoop.scheduleRepeatedTask(initialDelay: beat, delay: beat) { [connections] _ in
            connections.headRenewed(part: part.value)
            part.value = (part.value + 1) % Connections.partCount
        }
    }
}
