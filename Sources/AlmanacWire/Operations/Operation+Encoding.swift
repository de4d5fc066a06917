import AlmanacModel

/// The encoding of section 8 of the specification: one for each operation.
extension Operation {
    public var encoded: [UInt8] {
        var writer = WireWriter()
        writer.fixed(id)
        writer.instant(time)
        writer.optional(message) { $0.text($1) }
        writer.list(changes) { $1.write(to: &$0) }
        return writer.bytes
    }

    /// At most ``Caps/operation`` bytes, all of them.
    public static func decode(_ bytes: [UInt8]) throws(WireError) -> Operation {
        guard bytes.count <= Caps.operation else { throw .tooLarge("operation", cap: Caps.operation) }
        var reader = WireReader(bytes)
        let (id, time) = (try reader.uniqueID("id of an operation"), try reader.instant("time of an operation"))
        let message = try reader.optional("message of an operation") { reader throws(WireError) in
            try reader.text("message of an operation", cap: Caps.commitMessage)
        }
        let changes = try reader.list("changes of an operation", cap: maximumChanges) { reader throws(WireError) in
            try Change(from: &reader)
        }
        try reader.finish("operation")
        guard let operation = Operation(id: id, time: time, message: message, changes: changes) else {
            throw .outOfRange("changes of an operation")
        }
        return operation
    }
}
