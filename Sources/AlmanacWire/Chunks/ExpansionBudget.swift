/// What the values of one window may still take: no small payload becomes a big window.
struct ExpansionBudget {
    private var remaining = Caps.expandedWindow

    /// For so many values, elements, entries or nulls, and their bytes.
    mutating func spend(values: Int, bytes: Int = 0) throws(WireError) {
        let (fixed, overflow) = values.multipliedReportingOverflow(by: Caps.valueCost)
        let (cost, overflowOfSum) = fixed.addingReportingOverflow(bytes)
        guard !overflow, !overflowOfSum, cost <= remaining else {
            throw .tooLarge("values of a window", cap: Caps.expandedWindow)
        }
        remaining -= cost
    }
}
