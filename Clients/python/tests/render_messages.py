"""Messages as `decoded` in the golden vectors writes them."""

from __future__ import annotations

from typing import Any

from almanac import control, enrolment, hello, pull, push
from almanac.extensions import Extensions
from almanac.messages import Message
from almanac.windows import Window
from tests import render, render_operations


def _extensions(items: Extensions) -> list[dict[str, str]]:
    return [{"id": str(item.id), "content": item.content.hex()} for item in items]


def _hello(message: hello.ClientHello | hello.ServerHello) -> dict[str, Any]:
    return {
        "versions": {"lowest": str(message.versions.lowest), "highest": str(message.versions.highest)},
        "software": message.software,
        "features": [str(feature) for feature in message.features],
        "dataset": None if message.dataset is None else str(message.dataset),
        "checkpoint": render.signed(message.checkpoint),
    }


def _pull_stream(stream: pull.PullStream) -> dict[str, Any]:
    place = None if stream.position is None else render.position(stream.position)
    return {"name": stream.name, "base": str(stream.base), "position": place}


def message(item: Message) -> dict[str, Any]:
    """A message, with its name."""
    name, content = _message(item)
    if isinstance(item, pull.End):
        content["commit"] = None if item.commit is None else render.header(item.commit)
    if hasattr(item, "extensions"):
        content["extensions"] = _extensions(item.extensions)
    return {"message": name} | content


def _message(item: Message) -> tuple[str, dict[str, Any]]:
    match item:
        case hello.ClientHello():
            return "client_hello", _hello(item)
        case hello.ServerHello():
            return "server_hello", _hello(item) | {
                "epoch": str(item.epoch),
                "name": item.name,
                "access": str(item.access.value),
                "chain": render.chain(item.chain),
            }
        case pull.Pull() | pull.Outline() | pull.End() | Window():
            return _replication(item)
        case control.ErrorMessage():
            return "error", {
                "code": str(int(item.code)),
                "fault": str(item.fault.value),
                "retry": str(item.retry.value),
                "after": str(item.after),
                "sentence": item.sentence,
            }
        case _:
            return _small(item)


def _replication(item: pull.Pull | pull.Outline | pull.End | Window) -> tuple[str, dict[str, Any]]:
    match item:
        case pull.Pull():
            return "pull", {
                "epoch": str(item.epoch),
                "highest_head": str(item.highest_head),
                "streams": [_pull_stream(stream) for stream in item.streams],
                "patterns": list(item.patterns),
            }
        case pull.Outline():
            entries = [{"stream": entry.stream, "remaining": str(entry.remaining)} for entry in item.entries]
            return "outline", {"head": str(item.head), "entries": entries}
        case pull.End():
            name = type(item).__name__.lower()
            return name, {"checkpoint": render.signed(item.checkpoint), "proofs": [render.proof(each) for each in item.proofs]}
        case Window():
            return "window", render.window_head(item)


def _small(item: Message) -> tuple[str, dict[str, Any]]:
    match item:
        case enrolment.Enrol():
            return "enrol", {"secret": item.secret.hex(), "request": item.request.hex(), "device_name": item.device_name}
        case enrolment.Renew():
            return "renew", {"request": item.request.hex()}
        case enrolment.Enrolled():
            return "enrolled", {
                "certificates": [certificate.hex() for certificate in item.certificates],
                "person": item.person,
                "role": str(item.role.value),
                "chain": render.chain(item.chain),
            }
        case enrolment.DelegationChainAnswer():
            return "delegation_chain", {"chain": render.chain(item.chain)}
        case push.Push():
            return "push", {"sheet": render_operations.signed(item.sheet)}
        case push.Receipts():
            return "receipts", {"sheet": render_operations.signed(item.sheet)}
        case control.Cancel():
            return "cancel", {}
        case control.ChainRequest():
            return "chain_request", {}
        case control.Ping() | control.Pong():
            content = str(int.from_bytes(item.content, "big"))
            return type(item).__name__.lower(), {"content": content}
        case control.GoingAway():
            return "going_away", {"sentence": item.sentence}
    raise TypeError(f"{type(item).__name__} is not a message")
