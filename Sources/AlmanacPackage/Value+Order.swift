import AlmanacModel

extension Value {
    /// Whether both are of one ordered type and this one comes first.
    func isBelow(_ other: Value) -> Bool {
        switch (self, other) {
        case (.integer(let value), .integer(let other)): value < other
        case (.decimal(let value), .decimal(let other)): value < other
        case (.date(let value), .date(let other)): value < other
        case (.instant(let value), .instant(let other)): value < other
        default: false
        }
    }
}
