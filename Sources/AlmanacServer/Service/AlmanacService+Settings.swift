extension AlmanacService {
    /// Where to listen, and how long to wait for whom.
    public struct Settings: Sendable {
        public var host: String
        /// 0 lets the system choose.
        public var port: Int
        /// For open exchanges, when stopping.
        public var drainTimeout: Duration = .seconds(10)
        /// For a client's hello.
        public var helloTimeout: Duration = .seconds(5)
        /// For a connection without open exchanges to say something.
        public var idleTimeout: Duration = .seconds(120)
        /// For a reader to take what was sent.
        public var stallTimeout: Duration = .seconds(600)

        public init(host: String, port: Int) {
            self.host = host
            self.port = port
        }
    }
}
