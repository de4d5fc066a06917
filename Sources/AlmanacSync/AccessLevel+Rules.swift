import AlmanacWire

extension AccessLevel {
    /// Full access does not include enrolling: a device has one key.
    func allows(_ needed: AccessLevel) -> Bool {
        switch needed {
        case .full: self == .full
        case .renew: self != .enrol
        case .enrol: self == .enrol
        }
    }

    func sentence(whenAskedFor needed: AccessLevel) -> String {
        switch self {
        case .enrol: "a connection without a certificate may only enrol"
        case .renew: "the certificate has expired: it can be renewed, and nothing else"
        case .full: "this device is enrolled already"
        }
    }
}
