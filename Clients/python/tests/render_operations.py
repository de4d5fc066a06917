"""Operations, and the statements about them, as `decoded` in the golden vectors writes them."""

from __future__ import annotations

from typing import Any

from almanac import edits, names, operations, receipts, sheets
from almanac.statements import Signed
from tests import render


def _made_by(item: names.MadeBy) -> dict[str, str]:
    return {"made_by": str(item.operation), "index": str(item.index)}


def _name(item: names.RecordName) -> dict[str, str]:
    collection = {"collection": str(item.collection)}
    if isinstance(item, names.KnownRecord):
        return collection | {"record_id": str(item.record_id)}
    return collection | _made_by(item.made_by)


def _value(item: names.ProposedValue | None) -> Any:
    return _made_by(item) if isinstance(item, names.MadeBy) else render.value(item)


def _values(items: edits.ProposedFields) -> dict[str, Any]:
    return {str(field): _value(item) for field, item in items.items()}


def _edit(item: edits.FieldEdit) -> dict[str, Any]:
    match item:
        case edits.ValueEdit():
            return {"base": _value(item.base), "new": _value(item.new)}
        case edits.ElementsEdit():
            return {"added": list(item.added), "removed": list(item.removed)}


def _change(item: operations.Change) -> dict[str, Any]:
    match item:
        case operations.Make():
            return {"make": {"collection": str(item.collection), "stream": item.stream, "values": _values(item.values)}}
        case operations.Edit():
            fields = {str(field): _edit(each) for field, each in item.fields.items()}
            return {"edit": {"name": _name(item.name), "fields": fields}}
        case operations.Delete():
            return {"delete": {"name": _name(item.name), "seen": _values(item.seen)}}
        case operations.Move():
            return {"move": {"name": _name(item.name), "from": item.from_stream, "to": item.to_stream}}
        case operations.See():
            return {"see": {"name": _name(item.name), "stream": item.stream}}


def operation(item: operations.Operation) -> dict[str, Any]:
    """An operation."""
    return {
        "id": str(item.id),
        "time": render.instant(item.time),
        "message": item.message,
        "changes": [_change(change) for change in item.changes],
    }


def sheet(item: sheets.OperationSheet) -> dict[str, Any]:
    """Operations of a device, which stay bytes."""
    return {
        "dataset": str(item.dataset),
        "key": item.key.hex(),
        "operations": [operation.hex() for operation in item.operations],
    }


def _outcome(item: receipts.Applied | receipts.Rejected) -> dict[str, Any]:
    match item:
        case receipts.Applied(sequence, made, conflicts):
            return {"sequence": str(sequence), "made": list(map(str, made)), "conflicts": list(map(str, conflicts))}
        case receipts.Rejected(reason, sentence):
            return {"reason": str(int(reason)), "sentence": sentence}


def receipts_of(item: receipts.ReceiptSheet) -> dict[str, Any]:
    """Receipts."""
    return {
        "dataset": str(item.dataset),
        "epoch": str(item.epoch),
        "delegation": str(item.delegation),
        "receipts": [
            {"operation": str(each.operation), "content": each.content.hex(), "outcome": _outcome(each.outcome)}
            for each in item.receipts
        ],
    }


def signed(item: sheets.SignedSheet | Signed[receipts.ReceiptSheet]) -> dict[str, Any]:
    """A signed sheet."""
    statement = sheet(item.statement) if isinstance(item, sheets.SignedSheet) else receipts_of(item.statement)
    return {"statement": statement, "signature": item.signature.hex()}
