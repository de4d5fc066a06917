/// Expressions that several answer views have in common.
enum ViewFragments {
    /// The codes of the economies of a cluster, such as `CN/HK`, in the order of print.
    static func economyCodes(ofCluster id: String) -> String {
        """
        (SELECT group_concat(code, '/') FROM (
            SELECT o.code AS code FROM cluster_economies AS ce JOIN economies AS o ON o.id = ce.economy_id
            WHERE ce.cluster_id = \(id) ORDER BY ce.position))
        """
    }

    /// The keys of the contradictions in which a statement is a side, with commas.
    static func contradictions(ofStatement id: String) -> String {
        "(SELECT group_concat(DISTINCT d.contradiction) FROM contradiction_sides AS d WHERE d.statement_id = \(id))"
    }

    /// A value as people read it, which is what ``FigureText`` makes of it: `nearly 20 %`, `more than USD 2.5 billion`. `row` has the
    /// fields value, lower, upper, value_text, unit, currency, precision and qualifier.
    static func stated(_ row: String) -> String {
        """
        CASE WHEN \(row).value IS NOT NULL THEN \(qualified(amount("\(row).value", row), row))
            WHEN \(row).lower = \(row).upper THEN \(qualified(amount("\(row).lower", row), row))
            WHEN \(row).lower IS NOT NULL AND \(row).upper IS NOT NULL
                THEN \(number("\(row).lower")) || ' to ' || \(amount("\(row).upper", row))
            WHEN \(row).lower IS NOT NULL
                THEN CASE \(row).precision WHEN 'more than' THEN 'more than ' ELSE 'at least ' END || \(amount("\(row).lower", row))
            WHEN \(row).upper IS NOT NULL AND \(row).unit IN ('rank', 'position') THEN \(amount("\(row).upper", row)) || ' or better'
            WHEN \(row).upper IS NOT NULL
                THEN CASE \(row).precision WHEN 'less than' THEN 'less than ' ELSE 'at most ' END || \(amount("\(row).upper", row))
            ELSE \(qualified("\(row).value_text", row)) END
        """
    }

    private static func qualified(_ amount: String, _ row: String) -> String {
        """
        CASE coalesce(\(row).precision, 'exact') WHEN 'exact' THEN \(amount) WHEN 'approximately' THEN 'about ' || \(amount)
            WHEN 'unspecified' THEN \(amount) || coalesce(' (' || \(row).qualifier || ')', '')
            WHEN 'nearly' THEN 'nearly ' || \(amount) WHEN 'more than' THEN 'more than ' || \(amount)
            WHEN 'less than' THEN 'less than ' || \(amount) WHEN 'at least' THEN 'at least ' || \(amount)
            WHEN 'at most' THEN 'at most ' || \(amount)
            ELSE \(amount) || ' (' || coalesce(\(row).qualifier, \(row).precision) || ')' END
        """
    }

    /// With currency and unit; null where no value is.
    static func amount(_ value: String, _ row: String) -> String {
        """
        (coalesce(\(row).currency || ' ', '') || \(number(value)) || CASE
            WHEN \(row).unit IS NULL OR \(row).unit IN ('rank', 'position', 'year', 'date') THEN ''
            WHEN \(row).unit = 'percent' THEN ' %' ELSE ' ' || \(row).unit END)
        """
    }

    /// All digits; in threes from 10,000 on. Null stays null, of which `printf` would make a zero.
    static func number(_ value: String) -> String {
        """
        CASE WHEN \(value) IS NULL THEN NULL WHEN abs(\(value)) >= 10000 AND abs(\(value)) < 999999999999999
            THEN printf('%,d', CAST(\(value) AS INTEGER)) || CASE WHEN \(value) <> CAST(\(value) AS INTEGER)
                THEN substr(printf('%.15g', \(value)), instr(printf('%.15g', \(value)), '.')) ELSE '' END
            ELSE printf('%.15g', \(value)) END
        """
    }
}
