"""Decoded values as `decoded` in the golden vectors writes them."""

from __future__ import annotations

import datetime
from typing import Any

from almanac.chain import Header
from almanac.chunks import Change, Kind
from almanac.frames import DroppedFrame, Frame
from almanac.merkle import Proof, Side
from almanac.places import Position
from almanac.records import Record
from almanac.statements import Checkpoint, Delegation, DelegationChain, Signed
from almanac.values import Decimal, Value
from almanac.windows import Window

_START = datetime.datetime(1970, 1, 1)
_NAMES = ["boolean", "integer", "decimal", "text", "date", "instant", "uuid", "bytes", "text_set", "reference"]


def instant(milliseconds: int) -> str:
    """ISO 8601, with milliseconds if there are any."""
    moment = _START + datetime.timedelta(milliseconds=milliseconds)
    return moment.isoformat(timespec="milliseconds" if moment.microsecond else "seconds") + "Z"


def date(days: int) -> str:
    """ISO 8601."""
    return (_START + datetime.timedelta(days=days)).date().isoformat()


def decimal(number: Decimal) -> str:
    """Without an exponent, and without more zeros than needed."""
    sign, digits = "-" if number.significand < 0 else "", str(abs(number.significand))
    if number.exponent >= 0:
        return sign + digits + "0" * number.exponent
    digits = digits.rjust(1 - number.exponent, "0")
    return f"{sign}{digits[: number.exponent]}.{digits[number.exponent :]}"


def value(item: Value | None) -> Any:
    """An object of one member; null for null."""
    if item is None:
        return None
    if item.code > len(_NAMES):
        return {"type": str(item.code), "unknown": item.content.hex()}
    writers = {2: str, 3: decimal, 5: date, 6: instant, 7: str, 8: bytes.hex, 9: list, 10: str}
    return {_NAMES[item.code - 1]: writers.get(item.code, lambda content: content)(item.content)}


def values(items: Any) -> dict[str, Any]:
    """Values by field id."""
    return {str(field): value(item) for field, item in items.items()}


def record(item: Record) -> dict[str, Any]:
    """A record."""
    place = Position(item.sequence, item.collection, item.record_id)
    return position(place) | {"values": values(item.values)}


def position(place: Position) -> dict[str, str]:
    """A place in a stream."""
    return {"sequence": str(place.sequence), "collection": str(place.collection), "record_id": str(place.record_id)}


def frame(item: Frame | DroppedFrame) -> dict[str, Any]:
    """A frame."""
    common = {"exchange": str(item.exchange), "last": item.last}
    if isinstance(item, DroppedFrame):
        return common | {"unknown_type": str(item.type), "dropped_bytes": str(item.dropped_bytes)}
    return common | {"type": str(item.type.value), "payload": item.payload.hex()}


def delegation(item: Delegation) -> dict[str, str]:
    """A delegation."""
    return {
        "dataset": str(item.dataset),
        "kind": str(item.kind),
        "number": str(item.number),
        "from": instant(item.starts),
        "until": instant(item.ends),
        "subject": item.subject.hex(),
    }


def checkpoint(item: Checkpoint) -> dict[str, str]:
    """A checkpoint."""
    return {
        "dataset": str(item.dataset),
        "epoch": str(item.epoch),
        "sequence": str(item.sequence),
        "chain": item.chain.hex(),
        "time": instant(item.time),
        "root": item.root.hex(),
        "delegation": str(item.delegation),
    }


def signed(item: Any) -> Any:
    """A signed statement, or null."""
    if item is None:
        return None
    assert isinstance(item, Signed)
    write: Any = delegation if isinstance(item.statement, Delegation) else checkpoint
    return {"statement": write(item.statement), "signature": item.signature.hex()}


def chain(item: DelegationChain | None) -> Any:
    """A delegation chain, or null."""
    if item is None:
        return None
    return {
        "root_key": item.root_key.hex(),
        "certificate_authority": signed(item.certificate_authority),
        "checkpoint_key": signed(item.checkpoint_key),
    }


def proof(item: Proof | None) -> Any:
    """A proof, or null."""
    if item is None:
        return None
    return {
        "salt": item.salt.hex(),
        "last_change": str(item.last_change),
        "count": str(item.count),
        "digest_hash": item.digest_hash.hex(),
        "path": [{"left" if step.side is Side.LEFT else "right": step.sibling.hex()} for step in item.path],
    }


def header(item: Header) -> dict[str, str]:
    """A commit's header."""
    return {"salt": item.salt.hex(), "time": instant(item.time), "author": item.author, "message": item.message}


def window_head(item: Window) -> dict[str, Any]:
    """A window without its changes."""
    return {"stream": item.stream, "base": str(item.base), "head": str(item.head), "end": position(item.end)}


def change(item: Change) -> dict[str, Any]:
    """A change of a window."""
    content: dict[str, Any] = position(item.place)
    if item.kind is not Kind.TOMBSTONE:
        content["values"] = values(item.values)
    return {item.kind.name.lower(): content}


def window(item: Window) -> dict[str, Any]:
    """A window."""
    return window_head(item) | {"changes": [change(row) for row in item.changes]}
