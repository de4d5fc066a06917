/// Which streams are meant: one by its name, everything below a name (`investments/*`), or all (`*`).
public enum StreamPattern: Hashable, Sendable {
    case all
    case exactly(StreamName)
    /// The streams below this one, at any depth; not this one itself.
    case below(StreamName)

    /// Nil for anything that is not a pattern.
    public init?(_ text: some StringProtocol) {
        if text == "*" {
            self = .all
        } else if text.hasSuffix("/*") {
            guard let name = StreamName(text.dropLast(2)) else { return nil }
            self = .below(name)
        } else {
            guard let name = StreamName(text) else { return nil }
            self = .exactly(name)
        }
    }

    /// Whether everything that the other one matches is matched by this one.
    public func covers(_ other: StreamPattern) -> Bool {
        switch (self, other) {
        case (.all, _): true
        case (_, .all): false
        case (_, .exactly(let name)): matches(name)
        case (.exactly, .below): false
        case (.below(let mine), .below(let name)): mine == name || matches(name)
        }
    }

    public func matches(_ stream: StreamName) -> Bool {
        switch self {
        case .all: true
        case .exactly(let name): stream == name
        case .below(let name): stream.rawValue.utf8.starts(with: "\(name.rawValue)/".utf8)
        }
    }
}

extension StreamPattern: CustomStringConvertible {
    public var description: String {
        switch self {
        case .all: "*"
        case .exactly(let name): name.rawValue
        case .below(let name): "\(name.rawValue)/*"
        }
    }
}
