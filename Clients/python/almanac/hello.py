"""client_hello and server_hello (section 10)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple
from uuid import UUID

from almanac import caps
from almanac.errors import Inconsistent, OutOfRange
from almanac.extensions import Extensions, read_extensions, write_extensions
from almanac.places import read_storable, write_storable
from almanac.reader import Reader, require_ascending
from almanac.statements import (
    Checkpoint,
    DelegationChain,
    Signed,
    read_chain,
    read_signed_checkpoint,
    write_chain,
    write_signed,
)
from almanac.writer import Writer


class Versions(NamedTuple):
    """The protocol versions that a side speaks, both ends included."""

    lowest: int
    highest: int


class Access(IntEnum):
    """What a connection may do."""

    ENROL = 0
    RENEW = 1
    FULL = 2


@dataclass(frozen=True, slots=True)
class ClientHello:
    """The client's first frame."""

    versions: Versions
    software: str
    features: tuple[int, ...]
    dataset: UUID | None
    checkpoint: Signed[Checkpoint] | None
    extensions: Extensions = ()


@dataclass(frozen=True, slots=True)
class ServerHello:
    """The server's first frame."""

    versions: Versions
    software: str
    features: tuple[int, ...]
    dataset: UUID
    epoch: int
    name: str
    access: Access
    chain: DelegationChain | None
    checkpoint: Signed[Checkpoint] | None
    extensions: Extensions = ()


def _read_versions(reader: Reader) -> Versions:
    return _checked_versions(Versions(reader.varint(), reader.varint()))


def _checked_versions(versions: Versions) -> Versions:
    if versions.lowest > versions.highest:
        raise OutOfRange("the lowest version is above the highest")
    return versions


def _read_features(reader: Reader) -> tuple[int, ...]:
    features = reader.list_of(Reader.varint)
    require_ascending(list(features), "features")
    return features


def _write_software(writer: Writer, hello: ClientHello | ServerHello) -> None:
    for version in _checked_versions(hello.versions):
        writer.varint(version)
    writer.text(hello.software, caps.SOFTWARE, "software")
    require_ascending(list(hello.features), "features")
    writer.list_of(hello.features, Writer.varint)


def read_client_hello(reader: Reader) -> ClientHello:
    """The payload of a client_hello."""
    return ClientHello(
        versions=_read_versions(reader),
        software=reader.text(caps.SOFTWARE, "software"),
        features=_read_features(reader),
        dataset=reader.optional(Reader.uuid),
        checkpoint=reader.optional(read_signed_checkpoint),
        extensions=read_extensions(reader),
    )


def write_client_hello(writer: Writer, hello: ClientHello) -> None:
    """The payload of a client_hello."""
    _write_software(writer, hello)
    writer.optional(hello.dataset, lambda output, dataset: output.raw(dataset.bytes))
    writer.optional(hello.checkpoint, write_signed)
    write_extensions(writer, hello.extensions)


def read_server_hello(reader: Reader) -> ServerHello:
    """The payload of a server_hello."""
    hello = ServerHello(
        versions=_read_versions(reader),
        software=reader.text(caps.SOFTWARE, "software"),
        features=_read_features(reader),
        dataset=reader.uuid(),
        epoch=read_storable(reader, "epoch"),
        name=reader.text(caps.DATASET_NAME, "name"),
        access=Access(reader.code(range(3), "access")),
        chain=reader.optional(read_chain),
        checkpoint=reader.optional(read_signed_checkpoint),
        extensions=read_extensions(reader),
    )
    _check_access(hello)
    return hello


def _check_access(hello: ServerHello) -> None:
    if (hello.chain is None) != (hello.access is Access.FULL):
        raise Inconsistent("the delegation chain is present unless access is 2")
    if hello.checkpoint is not None and hello.access is not Access.FULL:
        raise Inconsistent("a checkpoint is present only if access is 2")


def write_server_hello(writer: Writer, hello: ServerHello) -> None:
    """The payload of a server_hello."""
    _check_access(hello)
    _write_software(writer, hello)
    writer.raw(hello.dataset.bytes)
    write_storable(writer, hello.epoch, "epoch")
    writer.text(hello.name, caps.DATASET_NAME, "name")
    writer.u8(hello.access.value)
    writer.optional(hello.chain, write_chain)
    writer.optional(hello.checkpoint, write_signed)
    write_extensions(writer, hello.extensions)
