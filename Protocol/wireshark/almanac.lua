-- A Wireshark dissector for the Almanac protocol, version 1, written from SPEC.md. README.md says how to use it.

local almanac = Proto("almanac", "Almanac")

local TYPES = {
    [1] = "client_hello", [2] = "server_hello", [3] = "enrol", [4] = "enrolled", [5] = "renew", [6] = "pull", [7] = "outline",
    [8] = "window", [9] = "complete", [10] = "cancel", [11] = "chain_request", [12] = "delegation_chain", [13] = "ping",
    [14] = "pong", [15] = "going_away", [16] = "error", [17] = "reached", [18] = "push", [19] = "receipts",
}
local CODES = {
    [1] = "protocol_violation", [2] = "too_large", [3] = "unknown_message", [4] = "version_unsupported", [5] = "wrong_dataset",
    [6] = "not_allowed", [7] = "invitation_invalid", [8] = "request_invalid", [9] = "stream_unknown", [10] = "behind",
    [11] = "epoch_mismatch", [12] = "base_too_old", [13] = "cancelled", [14] = "busy", [15] = "timed_out", [16] = "internal",
    [17] = "going_away",
}
local FAULTS = { [1] = "the receiver's", [2] = "the sender's", [3] = "nobody's" }
local RETRIES = { [0] = "not like this", [1] = "here after a while", [2] = "at another server" }
local ACCESS = { [0] = "may only enrol", [1] = "may only renew", [2] = "full" }
local CHUNKS = { [1] = "whole records", [2] = "patches", [3] = "tombstones" }
local METHODS = { [0] = "stored", [1] = "deflate" }
local DELEGATIONS = { [1] = "certificate authority", [2] = "checkpoint key" }
local SIDES = { [0] = "left", [1] = "right" }
local ROLES = { [1] = "reader", [2] = "annotator", [3] = "curator", [4] = "administrator" }
local CHANGES = { [1] = "make", [2] = "edit", [3] = "delete", [4] = "move", [5] = "see" }
local OUTCOMES = { [1] = "applied", [2] = "rejected" }
local REASONS = { [1] = "not_allowed", [2] = "invalid", [3] = "target_unknown", [4] = "other_content", [5] = "unreadable" }
local VALUES = {
    [1] = "boolean", [2] = "integer", [3] = "decimal", [4] = "text", [5] = "date", [6] = "instant", [7] = "uuid", [8] = "bytes",
    [9] = "text set", [10] = "reference",
}

-- Section 3: a header, and the longest payload of any message (section 16).
local HEADER = 8
local LONGEST = 1048576

local f = {}
local function field(name, make, label, ...)
    f[name] = make("almanac." .. name, label, ...)
end

field("length", ProtoField.uint32, "Length")
field("type", ProtoField.uint8, "Type", base.DEC, TYPES)
field("flags", ProtoField.uint8, "Flags", base.HEX)
field("last", ProtoField.bool, "Last", 8, nil, 0x01)
field("exchange", ProtoField.uint16, "Exchange")
field("payload", ProtoField.bytes, "Payload")
field("extension", ProtoField.bytes, "Extension")
for _, name in ipairs({
    "version_lowest", "version_highest", "feature", "epoch", "sequence", "base", "head", "highest_head", "collection",
    "record_id", "remaining", "extension_id", "number", "delegation", "last_change", "count", "rows", "size", "after", "field",
    "index", "made", "conflict",
}) do
    field(name, ProtoField.uint64, (name:gsub("_", " "):gsub("^%l", string.upper)))
end
for _, name in ipairs({
    "software", "name", "stream", "pattern", "sentence", "person", "device", "message", "from_stream", "to_stream", "added",
    "removed",
}) do
    field(name, ProtoField.string, (name:gsub("_", " "):gsub("^%l", string.upper)))
end
for _, name in ipairs({
    "dataset", "signature", "chain", "root", "root_key", "subject", "salt", "digest_hash", "sibling", "secret", "request",
    "certificate", "content", "data", "key", "operation_hash", "value",
}) do
    field(name, ProtoField.bytes, (name:gsub("_", " "):gsub("^%l", string.upper)))
end
field("operation", ProtoField.guid, "Operation")
field("made_by", ProtoField.guid, "Made by operation")
field("time", ProtoField.absolute_time, "Time", base.UTC)
field("from", ProtoField.absolute_time, "From", base.UTC)
field("until", ProtoField.absolute_time, "Until", base.UTC)
field("access", ProtoField.uint8, "Access", base.DEC, ACCESS)
field("role", ProtoField.uint8, "Role", base.DEC, ROLES)
field("kind", ProtoField.uint8, "Kind", base.DEC, CHUNKS)
field("method", ProtoField.uint8, "Method", base.DEC, METHODS)
field("delegation_kind", ProtoField.uint8, "Kind", base.DEC, DELEGATIONS)
field("side", ProtoField.uint8, "Side", base.DEC, SIDES)
field("change", ProtoField.uint8, "Change", base.DEC, CHANGES)
field("value_type", ProtoField.uint8, "Type of the value", base.DEC, VALUES)
field("outcome", ProtoField.uint8, "Outcome", base.DEC, OUTCOMES)
field("reason", ProtoField.uint64, "Reason", base.DEC)
field("code", ProtoField.uint64, "Code", base.DEC)
field("fault", ProtoField.uint8, "Fault", base.DEC, FAULTS)
field("retry", ProtoField.uint8, "Retry", base.DEC, RETRIES)

local list = {}
for _, one in pairs(f) do
    list[#list + 1] = one
end
almanac.fields = list

local malformed = ProtoExpert.new("almanac.malformed", "Bytes that SPEC.md does not allow", expert.group.MALFORMED, expert.severity.ERROR)
local unreadable =
    ProtoExpert.new("almanac.unreadable", "An operation that this version cannot read", expert.group.UNDECODED, expert.severity.WARN)
almanac.experts = { malformed, unreadable }

-- Reads the primitives of section 4 from a payload, and stops with an error where it ends too early.
local Reader = {}
Reader.__index = Reader

function Reader.new(range)
    return setmetatable({ range = range, at = 0, size = range:len() }, Reader)
end

function Reader:left()
    return self.size - self.at
end

function Reader:take(count)
    if count > self:left() then
        error("truncated", 0)
    end
    local part = self.range(self.at, count)
    self.at = self.at + count
    return part
end

function Reader:byte(tree, name)
    local part = self:take(1)
    if name then
        tree:add(f[name], part)
    end
    return part:uint()
end

-- The number, and the bytes in which it stands.
function Reader:varint()
    local start, number = self.at, UInt64.new(0)
    for index = 0, 9 do
        local byte = self:take(1):uint()
        number = number + UInt64.new(byte % 128):lshift(7 * index)
        if byte < 128 then
            return number, self.range(start, self.at - start)
        end
    end
    error("a number of more than 64 bits", 0)
end

function Reader:number(tree, name)
    local number, part = self:varint()
    tree:add(f[name], part, number)
    return number
end

-- A count or a length, which has to fit into what is left.
function Reader:count()
    local number = self:varint()
    if number > UInt64.new(self:left()) then
        error("a length above what is left", 0)
    end
    return number:tonumber()
end

function Reader:fixed(tree, name, count)
    tree:add(f[name], self:take(count))
end

-- A UUID as text.
function Reader:uuid()
    local hex = self:take(16):bytes():tohex(true)
    return string.format("%s-%s-%s-%s-%s", hex:sub(1, 8), hex:sub(9, 12), hex:sub(13, 16), hex:sub(17, 20), hex:sub(21))
end

function Reader:guid(tree, name)
    local start = self.at
    local text = self:uuid()
    tree:add(f[name], self.range(start, 16))
    return text
end

function Reader:bytes(tree, name)
    local count = self:count()
    if count > 0 then
        tree:add(f[name], self:take(count))
    end
end

function Reader:text(tree, name)
    local count = self:count()
    if count == 0 then
        tree:add(f[name], "")
        return ""
    end
    local part = self:take(count)
    tree:add(f[name], part, part:string(ENC_UTF_8))
    return part:string(ENC_UTF_8)
end

function Reader:instant(tree, name)
    local number, part = self:varint()
    local milliseconds = number:tonumber()
    tree:add(f[name], part, NSTime.new(math.floor(milliseconds / 1000), (milliseconds % 1000) * 1000000))
end

function Reader:list(item)
    local count = self:count()
    for _ = 1, count do
        item()
    end
    return count
end

function Reader:optional(item)
    local there = self:byte()
    if there > 1 then
        error("optional is neither 00 nor 01", 0)
    end
    if there == 1 then
        item()
    end
    return there == 1
end

-- A table of the ids that are there and have no content.
function Reader:extensions(tree)
    local empty = {}
    while self:left() > 0 do
        local id = self:number(tree, "extension_id"):tonumber()
        local start = self.at
        self:bytes(tree, "extension")
        empty[id] = self.at == start + 1
    end
    return empty
end

function Reader:position(tree)
    self:number(tree, "sequence")
    self:number(tree, "collection")
    self:number(tree, "record_id")
end

-- A part of a message under a heading of its own, which grows to what `body` reads.
local function group(reader, tree, label, body)
    local start = reader.at
    if reader:left() == 0 then
        error("truncated", 0)
    end
    local inner = tree:add(almanac, reader.range(start, 0), label)
    body(inner)
    inner:set_len(reader.at - start)
    return inner
end

local function signed(reader, tree, label, body)
    group(reader, tree, label, function(inner)
        reader:count()
        body(inner)
        reader:fixed(inner, "signature", 64)
    end)
end

-- The sequence of the head that it signs.
local function checkpoint(reader, tree)
    local sequence
    signed(reader, tree, "Checkpoint", function(inner)
        reader:fixed(inner, "dataset", 16)
        reader:number(inner, "epoch")
        sequence = reader:number(inner, "sequence")
        reader:fixed(inner, "chain", 32)
        reader:instant(inner, "time")
        reader:fixed(inner, "root", 32)
        reader:number(inner, "delegation")
    end)
    return sequence
end

local function delegation(reader, tree)
    signed(reader, tree, "Delegation", function(inner)
        reader:fixed(inner, "dataset", 16)
        reader:byte(inner, "delegation_kind")
        reader:number(inner, "number")
        reader:instant(inner, "from")
        reader:instant(inner, "until")
        reader:bytes(inner, "subject")
    end)
end

local function chain(reader, tree)
    group(reader, tree, "Delegation chain", function(inner)
        reader:fixed(inner, "root_key", 32)
        delegation(reader, inner)
        delegation(reader, inner)
    end)
end

local function proof(reader, tree)
    local there = false
    local inner = group(reader, tree, "Proof", function(inner)
        there = reader:optional(function()
            reader:fixed(inner, "salt", 16)
            reader:number(inner, "last_change")
            reader:number(inner, "count")
            reader:fixed(inner, "digest_hash", 32)
            reader:list(function()
                reader:byte(inner, "side")
                reader:fixed(inner, "sibling", 32)
            end)
        end)
    end)
    if not there then
        inner:append_text(": absent")
    end
end

local function chunk(reader, tree)
    group(reader, tree, "Chunk", function(inner)
        local kind = reader:byte(inner, "kind")
        local collection = reader:number(inner, "collection")
        local rows = reader:number(inner, "rows")
        reader:number(inner, "size")
        reader:byte(inner, "method")
        reader:bytes(inner, "data")
        inner:append_text(string.format(": %s %s of collection %s", rows, CHUNKS[kind] or kind, collection))
    end)
end

local function hello(reader, tree)
    reader:number(tree, "version_lowest")
    reader:number(tree, "version_highest")
    reader:text(tree, "software")
    reader:list(function()
        reader:number(tree, "feature")
    end)
end

-- The record that a change of an operation makes.
local function made_by(reader, tree)
    local id = reader:guid(tree, "made_by")
    return string.format("change %s of %s", reader:number(tree, "index"), id)
end

-- A record by its id, or by the operation that makes it; what it is called.
local function record_name(reader, tree)
    local kind = reader:byte()
    local collection = reader:number(tree, "collection")
    if kind == 1 then
        return string.format("record %s of collection %s", reader:number(tree, "record_id"), collection)
    elseif kind == 2 then
        return string.format("record of collection %s made by %s", collection, made_by(reader, tree))
    end
    error("a name of unknown kind", 0)
end

local function signed_number(reader)
    local number = reader:varint()
    local half = number:rshift(1)
    return number:band(UInt64.new(1)) == UInt64.new(0) and tostring(half) or "-" .. tostring(half + UInt64.new(1))
end

local function text(reader)
    local count = reader:count()
    return count > 0 and reader:take(count):string(ENC_UTF_8) or ""
end

-- What the canonical bytes of a value say (section 5), by its type; bytes and types of later versions are shown as bytes.
local CONTENTS = {
    [1] = function(reader)
        return reader:byte() == 1 and "true" or "false"
    end,
    [2] = signed_number,
    [3] = function(reader)
        local exponent = signed_number(reader)
        return signed_number(reader) .. " · 10^" .. exponent
    end,
    [4] = function(reader)
        return reader:left() > 0 and reader:take(reader:left()):string(ENC_UTF_8) or ""
    end,
    [5] = function(reader)
        return signed_number(reader) .. " days since 1970"
    end,
    [6] = function(reader)
        return signed_number(reader) .. " ms since 1970"
    end,
    [7] = function(reader)
        return reader:uuid()
    end,
    [9] = function(reader)
        local elements = {}
        reader:list(function()
            elements[#elements + 1] = text(reader)
        end)
        return "{" .. table.concat(elements, ", ") .. "}"
    end,
    [10] = function(reader)
        return "record " .. tostring(reader:varint())
    end,
}

-- Of a value as *bytes*: its type, and what it says.
local function content(range, code)
    local name, say = VALUES[code] or "type " .. code, CONTENTS[code]
    local reader = Reader.new(range)
    local count = reader:count()
    if not say then
        return string.format("%s, %d bytes", name, count)
    end
    local said = say(reader)
    if reader:left() > 0 then
        error("a value with more than its type has", 0)
    end
    return name .. " " .. said
end

local function value(reader, tree, label)
    group(reader, tree, label, function(inner)
        local there = reader:optional(function()
            local kind = reader:byte()
            if kind == 2 then
                inner:append_text(": record made by " .. made_by(reader, inner))
                return
            elseif kind ~= 1 then
                error("a value of unknown kind", 0)
            end
            local code = reader:byte(inner, "value_type")
            local start = reader.at
            reader:bytes(inner, "value")
            inner:append_text(": " .. content(reader.range(start, reader.at - start), code))
        end)
        if not there then
            inner:append_text(": null")
        end
    end)
end

local function values(reader, tree, label)
    return reader:list(function()
        group(reader, tree, label, function(inner)
            inner:append_text(" " .. tostring(reader:number(inner, "field")))
            value(reader, inner, "Value")
        end)
    end)
end

local function edits(reader, tree)
    return reader:list(function()
        group(reader, tree, "Field", function(inner)
            inner:append_text(" " .. tostring(reader:number(inner, "field")))
            local kind = reader:byte()
            if kind == 1 then
                value(reader, inner, "Seen")
                value(reader, inner, "New")
            elseif kind == 2 then
                for _, name in ipairs({ "added", "removed" }) do
                    reader:list(function()
                        reader:text(inner, name)
                    end)
                end
            else
                error("an edit of unknown kind", 0)
            end
        end)
    end)
end

local function change(reader, tree)
    group(reader, tree, "Change", function(inner)
        local kind = reader:byte(inner, "change")
        if not CHANGES[kind] then
            error("a change of unknown kind", 0)
        end
        inner:append_text(": " .. CHANGES[kind])
        if kind == 1 then
            inner:append_text(string.format(" a record of collection %s", reader:number(inner, "collection")))
            reader:optional(function()
                inner:append_text(" in " .. reader:text(inner, "stream"))
            end)
            values(reader, inner, "Field")
            return
        end
        inner:append_text(" " .. record_name(reader, inner))
        if kind == 2 then
            edits(reader, inner)
        elseif kind == 3 then
            values(reader, inner, "Seen field")
        elseif kind == 5 then
            inner:append_text(" in " .. reader:text(inner, "stream"))
        else
            local from = reader:text(inner, "from_stream")
            inner:append_text(string.format(" from %s to %s", from, reader:text(inner, "to_stream")))
        end
    end)
end

-- Bytes of their own: what cannot be read is told, and the next operation goes on behind them.
local function operation(reader, tree)
    group(reader, tree, "Operation", function(inner)
        local count = reader:count()
        if count == 0 then
            error("an operation without an id", 0)
        end
        local own = Reader.new(reader:take(count))
        inner:append_text(" " .. own:guid(inner, "operation"))
        local done, told = pcall(function()
            own:instant(inner, "time")
            own:optional(function()
                own:text(inner, "message")
            end)
            own:list(function()
                change(own, inner)
            end)
        end)
        if not done then
            inner:add_proto_expert_info(unreadable, tostring(told))
        elseif own:left() > 0 then
            inner:add_proto_expert_info(unreadable, own:left() .. " bytes remain")
        end
    end)
end

local function operations(reader, tree)
    local count
    signed(reader, tree, "Operations", function(inner)
        reader:fixed(inner, "dataset", 16)
        reader:bytes(inner, "key")
        count = reader:list(function()
            operation(reader, inner)
        end)
    end)
    return count
end

local function receipt(reader, tree)
    local applied = false
    group(reader, tree, "Receipt", function(inner)
        inner:append_text(" " .. reader:guid(inner, "operation"))
        reader:fixed(inner, "operation_hash", 32)
        local outcome = reader:byte(inner, "outcome")
        if outcome == 1 then
            applied = true
            inner:append_text(string.format(": applied, r%s", reader:number(inner, "sequence")))
            for _, name in ipairs({ "made", "conflict" }) do
                reader:list(function()
                    reader:number(inner, name)
                end)
            end
        elseif outcome == 2 then
            local code, part = reader:varint()
            local name = REASONS[code:tonumber()] or "reason " .. tostring(code)
            inner:add(f.reason, part, code):append_text(" (" .. name .. ")")
            inner:append_text(": rejected, " .. name .. ": " .. reader:text(inner, "sentence"))
        else
            error("an outcome that is unknown", 0)
        end
    end)
    return applied
end

local function receipts(reader, tree)
    local applied, count = 0, 0
    signed(reader, tree, "Receipts", function(inner)
        reader:fixed(inner, "dataset", 16)
        reader:number(inner, "epoch")
        reader:number(inner, "delegation")
        count = reader:list(function()
            applied = applied + (receipt(reader, inner) and 1 or 0)
        end)
    end)
    return string.format("%d applied, %d rejected", applied, count - applied)
end

-- complete and reached
local function whole_state(reader, tree)
    local head = checkpoint(reader, tree)
    local proofs = reader:list(function()
        proof(reader, tree)
    end)
    reader:extensions(tree)
    return string.format("r%s, %d proofs", head, proofs)
end

-- What a payload says, by the type of its message. The text that is returned goes into the list of packets.
local MESSAGES = {
    [1] = function(reader, tree)
        hello(reader, tree)
        reader:optional(function()
            reader:fixed(tree, "dataset", 16)
        end)
        reader:optional(function()
            checkpoint(reader, tree)
        end)
        reader:extensions(tree)
    end,
    [2] = function(reader, tree)
        hello(reader, tree)
        reader:fixed(tree, "dataset", 16)
        reader:number(tree, "epoch")
        reader:text(tree, "name")
        local access = reader:byte(tree, "access")
        reader:optional(function()
            chain(reader, tree)
        end)
        reader:optional(function()
            checkpoint(reader, tree)
        end)
        reader:extensions(tree)
        return ACCESS[access]
    end,
    [3] = function(reader, tree)
        reader:fixed(tree, "secret", 16)
        reader:bytes(tree, "request")
        local device = reader:text(tree, "device")
        reader:extensions(tree)
        return device
    end,
    [4] = function(reader, tree)
        reader:list(function()
            reader:bytes(tree, "certificate")
        end)
        local person = reader:text(tree, "person")
        reader:byte(tree, "role")
        chain(reader, tree)
        reader:extensions(tree)
        return person
    end,
    [5] = function(reader, tree)
        reader:bytes(tree, "request")
        reader:extensions(tree)
    end,
    [6] = function(reader, tree)
        reader:number(tree, "epoch")
        reader:number(tree, "highest_head")
        local streams = reader:list(function()
            local inner = group(reader, tree, "Stream", function(inner)
                inner:append_text(": " .. reader:text(inner, "stream"))
                reader:number(inner, "base")
                reader:optional(function()
                    reader:position(inner)
                end)
            end)
            return inner
        end)
        local patterns = reader:list(function()
            reader:text(tree, "pattern")
        end)
        local follows = reader:extensions(tree)[1]
        return string.format("%d streams, %d patterns%s", streams, patterns, follows and ", follows" or "")
    end,
    [7] = function(reader, tree)
        local head = reader:number(tree, "head")
        local streams = reader:list(function()
            group(reader, tree, "Stream", function(inner)
                local name = reader:text(inner, "stream")
                inner:append_text(string.format(": %s, %s entries remain", name, reader:number(inner, "remaining")))
            end)
        end)
        reader:extensions(tree)
        return string.format("r%s, %d streams", head, streams)
    end,
    [8] = function(reader, tree)
        local name = reader:text(tree, "stream")
        local from = reader:number(tree, "base")
        local head = reader:number(tree, "head")
        group(reader, tree, "End", function(inner)
            reader:position(inner)
        end)
        reader:list(function()
            chunk(reader, tree)
        end)
        return string.format("%s r%s..r%s", name, from, head)
    end,
    [9] = whole_state,
    [10] = function() end,
    [11] = function() end,
    [12] = function(reader, tree)
        chain(reader, tree)
        reader:extensions(tree)
    end,
    [13] = function(reader, tree)
        reader:fixed(tree, "content", 8)
    end,
    [14] = function(reader, tree)
        reader:fixed(tree, "content", 8)
    end,
    [15] = function(reader, tree)
        reader:text(tree, "sentence")
        reader:extensions(tree)
    end,
    [16] = function(reader, tree)
        local code, part = reader:varint()
        local name = CODES[code:tonumber()] or tostring(code)
        tree:add(f.code, part, code):append_text(" (" .. name .. ")")
        reader:byte(tree, "fault")
        reader:byte(tree, "retry")
        reader:number(tree, "after")
        local sentence = reader:text(tree, "sentence")
        reader:extensions(tree)
        return name .. ": " .. sentence
    end,
    [17] = whole_state,
    [18] = function(reader, tree)
        local count = operations(reader, tree)
        reader:extensions(tree)
        return string.format("%d operations", count)
    end,
    [19] = function(reader, tree)
        local told = receipts(reader, tree)
        reader:extensions(tree)
        return told
    end,
}

local function payload(range, kind, tree)
    local reader = Reader.new(range)
    local read = MESSAGES[kind]
    if not read then
        tree:add(f.payload, range)
        return
    end
    local done, told = pcall(read, reader, tree)
    if not done then
        tree:add_proto_expert_info(malformed, tostring(told))
    elseif reader:left() > 0 then
        tree:add_proto_expert_info(malformed, reader:left() .. " bytes remain")
    end
    return done and told or nil
end

local function frame(range, pinfo, root)
    local size, kind = range(0, 4):uint(), range(4, 1):uint()
    local name, exchange = TYPES[kind] or ("unknown type " .. kind), range(6, 2):uint()
    local tree = root:add(almanac, range, string.format("Almanac %s, exchange %d", name, exchange))
    tree:add(f.length, range(0, 4))
    tree:add(f.type, range(4, 1))
    tree:add(f.flags, range(5, 1)):add(f.last, range(5, 1))
    tree:add(f.exchange, range(6, 2))
    local told
    if size > 0 then
        told = payload(range(HEADER, size), kind, tree)
    end
    if told then
        tree:append_text(": " .. told)
    end
    pinfo.cols.info:append((exchange > 0 and string.format(" [%d] ", exchange) or " ") .. name .. (told and " (" .. told .. ")" or ""))
end

function almanac.dissector(buffer, pinfo, root)
    pinfo.cols.protocol = "Almanac"
    pinfo.cols.info:set("")
    local at = 0
    while at < buffer:len() do
        local rest = buffer:len() - at
        if rest < HEADER then
            pinfo.desegment_offset, pinfo.desegment_len = at, DESEGMENT_ONE_MORE_SEGMENT
            return buffer:len()
        end
        local size = buffer(at, 4):uint()
        if size > LONGEST then
            root:add(almanac, buffer(at)):add_proto_expert_info(malformed, "a frame above every cap")
            return buffer:len()
        end
        if rest < HEADER + size then
            pinfo.desegment_offset, pinfo.desegment_len = at, HEADER + size - rest
            return buffer:len()
        end
        frame(buffer(at, HEADER + size), pinfo, root)
        at = at + HEADER + size
    end
    -- A packet may hold several TLS records: what this one said stays.
    pinfo.cols.info:fence()
    return at
end

DissectorTable.get("tls.alpn"):add("almanac/1", almanac)
DissectorTable.get("tls.port"):add_for_decode_as(almanac)
DissectorTable.get("tcp.port"):add_for_decode_as(almanac)
