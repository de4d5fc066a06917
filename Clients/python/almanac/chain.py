"""The chain over all commits of an epoch (section 7)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from uuid import UUID

from almanac.places import write_sequence
from almanac.writer import Writer

CONTEXT = b"almanac/1 chain\x00"


@dataclass(frozen=True, slots=True)
class Commit:
    """What the chain says of a commit; `time` is in milliseconds since 1970, `root` the tree's root after it."""

    sequence: int
    time: int
    author: str
    message: str
    root: bytes


def start_preimage(dataset: UUID, epoch: int) -> bytes:
    """What is hashed to the chain before the first commit."""
    writer = Writer()
    writer.raw(CONTEXT + dataset.bytes)
    writer.varint(epoch)
    return writer.data


def link_preimage(before: bytes, commit: Commit) -> bytes:
    """What is hashed to the chain after a commit."""
    writer = Writer()
    writer.raw(CONTEXT)
    writer.fixed(before, 32)
    write_sequence(writer, commit.sequence)
    writer.instant(commit.time)
    writer.text(commit.author)
    writer.text(commit.message)
    writer.fixed(commit.root, 32)
    return writer.data


def chain_start(dataset: UUID, epoch: int) -> bytes:
    """The chain before the first commit."""
    return hashlib.sha256(start_preimage(dataset, epoch)).digest()


def chain_after(before: bytes, commit: Commit) -> bytes:
    """The chain after a commit."""
    return hashlib.sha256(link_preimage(before, commit)).digest()
