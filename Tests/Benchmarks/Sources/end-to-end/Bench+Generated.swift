import Programs

/// Generated data for the programs to work on.
extension Bench {
    /// Writes it, in a process of its own.
    func generate(_ arguments: [String], rows: Int) throws {
        _ = try Program(path: own, arguments: ["generate", "--rows", String(rows)] + arguments, environment: [:]).run()
    }

    /// Commits a revision of so many deals.
    func revise(_ count: Int, of rows: Int) throws {
        let file = path("revised-\(count).csv")
        try generate(["--revise", String(count), file], rows: rows)
        try almanacd(["import", file, "--table", "deals"])
    }
}
