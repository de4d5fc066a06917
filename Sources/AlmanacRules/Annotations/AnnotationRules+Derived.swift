import AlmanacModel

/// What the authority adds to what people write, and a laptop expects of it.
extension AnnotationRules {
    /// A new annotation with everything in it: its name for ever, who made it and when, whom it mentions; a thread is open.
    public static func made(
        _ values: [FieldValue], by person: String, at time: Instant, uuid: UniqueID
    ) -> [FieldValue] {
        var fields = [
            PatchedField(AnnotationSchema.uuid, .uuid(uuid)), PatchedField(AnnotationSchema.author, .text(Text(person))),
            PatchedField(AnnotationSchema.created, .instant(time)),
            PatchedField(AnnotationSchema.mentions, mentions(in: values[AnnotationSchema.text])),
        ]
        if values[AnnotationSchema.parent] == nil {
            fields.append(PatchedField(AnnotationSchema.state, AnnotationState.open.value))
        }
        return values.patched(by: fields)
    }

    /// What an edit changes, with what follows from it: the mentions follow the text; who closed a thread follows its state; when it
    /// was last edited follows what its author wrote, and never goes back.
    ///
    /// `fields` are those that do change, as merged, without what became a conflict. What they say themselves of fields that follow others
    /// does not count, so that two edits never contradict each other there.
    public static func edited(
        _ fields: [PatchedField], of annotation: Record, by person: String, at time: Instant
    ) -> [PatchedField] {
        var all = fields.filter { !derived.contains($0.field) }
        if let text = all.first(where: { $0.field == AnnotationSchema.text }) {
            all.append(PatchedField(AnnotationSchema.mentions, mentions(in: text.value)))
        }
        if let state = all.first(where: { $0.field == AnnotationSchema.state }) {
            let isClosed = state.value != nil && state.value != AnnotationState.open.value
            all.append(PatchedField(AnnotationSchema.closedBy, isClosed ? .text(Text(person)) : nil))
        }
        if all.contains(where: { authored.contains($0.field) }) {
            all.append(PatchedField(AnnotationSchema.edited, .instant(latest(time, annotation[AnnotationSchema.edited]))))
        }
        return all.sorted { $0.field < $1.field }
    }

    private static func mentions(in text: Value?) -> Value? {
        let names = text?.text.map { Mentions.names(in: $0.string) } ?? TextSet([])
        return names.elements.isEmpty ? nil : .textSet(names)
    }

    private static func latest(_ time: Instant, _ other: Value?) -> Instant {
        if case .instant(let other) = other { max(time, other) } else { time }
    }
}
