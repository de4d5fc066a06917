import AlmanacDataset
import ArgumentParser

struct InvestmentsCommand: QuestionCommand {
    static let configuration = CommandConfiguration(
        commandName: "investments", abstract: "Money into places, organisations and programmes, as stated.",
        discussion: """
            Awards of programmes are there too, as the kind grant; almanac hubs shows them by hub. Amounts stand in their currency and \
            are never added across currencies.
            """)

    @OptionGroup var options: GlobalOptions
    @OptionGroup var answers: AnswerOptions

    @Option(help: ArgumentHelp("In this place and what lies in it, or in the places of this cluster.", valueName: "name"))
    var place: String?

    @Option(help: ArgumentHelp("By or into this organisation or hub.", valueName: "name"))
    var organisation: String?

    @Option(help: ArgumentHelp("Of this programme.", valueName: "name"))
    var programme: String?

    @Option(help: ArgumentHelp("In places of this economy: a code, a name or an alias.", valueName: "economy"))
    var economy: String?

    @Option(help: ArgumentHelp("In this technology: words of it, or how one begins.", valueName: "words"))
    var technology: String?

    @Option(help: ArgumentHelp("Such as corporate, fdi, vc or grant.", valueName: "kind"))
    var kind: String?

    @Option(help: ArgumentHelp("A year, or two with a dash: 2021-2023.", valueName: "years"))
    var period: YearRange?

    @Option(help: ArgumentHelp("A code, such as EUR.", valueName: "currency"))
    var currency: String?

    @Flag(help: "Sums of single projects, a currency each, instead of rows.")
    var total = false

    func question() -> any Question {
        var filter = InvestmentsQuestion.Filter()
        filter.place = place
        filter.organisation = organisation
        filter.programme = programme
        filter.economy = economy
        filter.technology = technology
        filter.kind = kind
        filter.years = period?.years
        filter.currency = currency
        return InvestmentsQuestion(filter, isTotal: total)
    }
}
