"""The chain over all commits of an epoch, and what commits say of themselves (section 7)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from uuid import UUID

from almanac import caps
from almanac.errors import TooLarge
from almanac.places import write_sequence
from almanac.reader import Reader
from almanac.writer import Writer, written

CONTEXT = b"almanac/1 chain\x00"
HEADER_CONTEXT = b"almanac/1 commit\x00"
SALT = 16


@dataclass(frozen=True, slots=True)
class Header:
    """What a commit says of itself. The salt keeps from guessing who may not read it; `time` is in milliseconds since 1970."""

    salt: bytes
    time: int
    author: str
    message: str

    @property
    def hash(self) -> bytes:
        """What the chain holds of it."""
        return hashlib.sha256(header_preimage(self)).digest()


@dataclass(frozen=True, slots=True)
class Commit:
    """What the chain says of a commit: the hash of its header, and the tree's root after it."""

    sequence: int
    header_hash: bytes
    root: bytes


def read_header(reader: Reader) -> Header:
    """A commit's header."""
    salt, time = reader.fixed(SALT), reader.instant()
    author, message = reader.text(caps.COMMIT_AUTHOR, "author"), reader.text(caps.COMMIT_MESSAGE, "message")
    return Header(salt, time, author, message)


def write_header(writer: Writer, header: Header) -> None:
    """A commit's header."""
    if len(header.author.encode()) > caps.COMMIT_AUTHOR or len(header.message.encode()) > caps.COMMIT_MESSAGE:
        raise TooLarge("the author or the message of a commit is too long")
    writer.fixed(header.salt, SALT)
    writer.instant(header.time)
    writer.text(header.author)
    writer.text(header.message)


def header_preimage(header: Header) -> bytes:
    """What is hashed of a commit's header."""
    return HEADER_CONTEXT + written(lambda writer: write_header(writer, header))


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
    writer.fixed(commit.header_hash, 32)
    writer.fixed(commit.root, 32)
    return writer.data


def chain_start(dataset: UUID, epoch: int) -> bytes:
    """The chain before the first commit."""
    return hashlib.sha256(start_preimage(dataset, epoch)).digest()


def chain_after(before: bytes, commit: Commit) -> bytes:
    """The chain after a commit."""
    return hashlib.sha256(link_preimage(before, commit)).digest()
