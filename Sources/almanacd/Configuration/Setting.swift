/// What can be configured. The raw value is the key in the file; in the environment `listen.port` is `ALMANACD_LISTEN_PORT`.
enum Setting: String, CaseIterable {
    case data = "data"
    case logLevel = "log.level"
    case listenHost = "listen.host"
    case listenPort = "listen.port"
    case publicHost = "public.host"
    case publicPort = "public.port"
    case metricsPort = "metrics.port"
    case connections = "limits.connections"
    case connectionsPerAddress = "limits.address"
    case handshakes = "limits.handshakes"
    case enrolments = "limits.enrolments"
    case handshakeTimeout = "timeouts.handshake"
    case helloTimeout = "timeouts.hello"
    case messageTimeout = "timeouts.message"
    case idleTimeout = "timeouts.idle"
    case stallTimeout = "timeouts.stall"
}
