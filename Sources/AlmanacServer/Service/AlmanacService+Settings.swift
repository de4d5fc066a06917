extension AlmanacService {
    /// Where to listen, and how long to wait for whom.
    public struct Settings: Sendable {
        public var host: String
        /// 0 lets the system choose.
        public var port: Int
        public var limits = Limits()
        /// Where metrics are told on the loopback address, 0 for any port; nil: nowhere.
        public var metricsPort: Int?
        /// For a TLS handshake.
        public var handshakeTimeout: Duration = .seconds(10)
        /// For a message, from its first byte to its last.
        public var messageTimeout: Duration = .seconds(30)
        /// For open exchanges, when stopping.
        public var drainTimeout: Duration = .seconds(10)
        /// For a client's hello.
        public var helloTimeout: Duration = .seconds(5)
        /// For a connection without open exchanges to say something; for one of no known reader, to end.
        public var idleTimeout: Duration = .seconds(120)
        /// For a reader to take what was sent.
        public var stallTimeout: Duration = .seconds(600)
        /// How often the store is asked whether there is something new for followers.
        public var watchInterval: Duration = .milliseconds(100)

        /// How often the device table is asked whether everybody who is connected may still be.
        public var accessInterval: Duration = .seconds(2)

        /// How often the directory is asked whether the keys were rotated, and the clock whether the server's certificate is old.
        public var keyInterval: Duration = .seconds(2)

        /// How old the signature of a head becomes until it is renewed, and how often followers are told of that.
        public var renewalInterval: Duration = .seconds(60)

        public init(host: String, port: Int) {
            self.host = host
            self.port = port
        }
    }
}
