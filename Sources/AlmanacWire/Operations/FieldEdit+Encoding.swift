import AlmanacModel

extension ProposedField {
    func write(to writer: inout WireWriter) {
        writer.varint(UInt64(field.rawValue))
        writer.optional(value) { $1.write(to: &$0) }
    }

    init(from reader: inout WireReader) throws(WireError) {
        let field = try reader.fieldID("field id")
        self.init(field, try reader.optional("value") { reader throws(WireError) in try ProposedValue(from: &reader) })
    }
}

extension FieldEdit {
    private enum KindCode: UInt8 {
        case value = 1
        case elements = 2
    }

    func write(to writer: inout WireWriter) {
        writer.varint(UInt64(field.rawValue))
        switch kind {
        case .value(let base, let new):
            writer.u8(KindCode.value.rawValue)
            writer.optional(base) { $1.write(to: &$0) }
            writer.optional(new) { $1.write(to: &$0) }
        case .elements(let added, let removed):
            writer.u8(KindCode.elements.rawValue)
            writer.list(added.elements) { $0.text($1) }
            writer.list(removed.elements) { $0.text($1) }
        }
    }

    init(from reader: inout WireReader) throws(WireError) {
        let (field, code) = (try reader.fieldID("field id"), try reader.u8("kind of an edit"))
        switch KindCode(rawValue: code) {
        case .value:
            let base = try Self.value(&reader)
            self.init(field, .value(base: base, new: try Self.value(&reader)))
        case .elements: self.init(field, try Self.elements(&reader))
        case nil: throw .unknownCode("kind of an edit", code: UInt64(code))
        }
    }

    private static func value(_ reader: inout WireReader) throws(WireError) -> ProposedValue? {
        try reader.optional("value") { reader throws(WireError) in try ProposedValue(from: &reader) }
    }

    private static func elements(_ reader: inout WireReader) throws(WireError) -> Kind {
        let (added, removed) = (try set(&reader), try set(&reader))
        guard !added.elements.isEmpty || !removed.elements.isEmpty else { throw .outOfRange("elements of an edit") }
        guard Set(added.elements).isDisjoint(with: removed.elements) else { throw .inconsistent("elements of an edit") }
        return .elements(added: added, removed: removed)
    }

    private static func set(_ reader: inout WireReader) throws(WireError) -> TextSet {
        let elements = try reader.list("elements of an edit", cap: Caps.textSetElements) { reader throws(WireError) in
            try reader.text("element of a text set", cap: Caps.textValue)
        }
        guard let set = TextSet(ascending: elements) else { throw .notAscending("elements of an edit") }
        return set
    }
}
