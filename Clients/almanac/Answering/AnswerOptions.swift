import AlmanacClient
import ArgumentParser

/// What every question understands.
struct AnswerOptions: ParsableArguments {
    @Option(help: "table, csv, json, ndjson or markdown.")
    var format = OutputFormat.table

    @Flag(help: "Texts exactly as they are: control characters, and what a spreadsheet takes for formulas.")
    var raw = false
}
