"""pull, outline, complete and reached (section 12); windows are in windows.py."""

from __future__ import annotations

from dataclasses import dataclass

from almanac import caps
from almanac.chain import Header, read_header, write_header
from almanac.errors import Inconsistent, NonCanonical, OutOfRange, TooLarge
from almanac.extensions import Extension, Extensions, read_extensions, write_extensions
from almanac.merkle import Proof, read_proof, write_proof
from almanac.places import (
    Position,
    read_position,
    read_sequence,
    read_storable,
    write_position,
    write_sequence,
    write_storable,
)
from almanac.reader import Reader, require_ascending, whole
from almanac.statements import Checkpoint, Signed, read_signed_checkpoint, write_signed
from almanac.streams import check_pattern, check_stream_name, read_pattern, read_stream_name
from almanac.writer import Writer, written


FOLLOW = Extension(1, b"")
"""The extension of a pull that follows."""
COMMIT = 1
"""The extension of an end that has the header of the head's commit."""


@dataclass(frozen=True, slots=True)
class PullStream:
    """What the client has of a stream: the state of `base`, and on top of it everything up to `position`."""

    name: str
    base: int
    position: Position | None


@dataclass(frozen=True, slots=True)
class Pull:
    """The request for what the client lacks."""

    epoch: int
    highest_head: int
    streams: tuple[PullStream, ...]
    patterns: tuple[str, ...]
    extensions: Extensions = ()

    @property
    def follows(self) -> bool:
        """Whether it asks the server to go on after its end."""
        return FOLLOW in self.extensions


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """How many entries of a stream remain to be sent."""

    stream: str
    remaining: int


@dataclass(frozen=True, slots=True)
class Outline:
    """What a pull will send, as the state of `head` is."""

    head: int
    entries: tuple[OutlineEntry, ...]
    extensions: Extensions = ()


@dataclass(frozen=True, slots=True)
class End:
    """A state that a pull has given whole: a checkpoint, and a proof for each stream of the last outline, or None where it never
    had a record.
    """

    checkpoint: Signed[Checkpoint]
    proofs: tuple[Proof | None, ...]
    extensions: Extensions = ()

    @property
    def commit(self) -> Header | None:
        """The header of the head's commit, as the server shows it; None where it shows none."""
        content = next((extension.content for extension in self.extensions if extension.id == COMMIT), None)
        return None if content is None else whole(content, read_header)


def commit_extension(header: Header) -> Extension:
    """What shows the header of the head's commit."""
    return Extension(COMMIT, written(lambda writer: write_header(writer, header)))


@dataclass(frozen=True, slots=True)
class Complete(End):
    """The end of a pull."""


@dataclass(frozen=True, slots=True)
class Reached(End):
    """The end of a step of a pull that follows, and goes on."""


def _ascending_names(names: list[str]) -> None:
    require_ascending([name.encode() for name in names], "stream names")


def _read_stream(reader: Reader) -> PullStream:
    return PullStream(read_stream_name(reader), read_sequence(reader), reader.optional(read_position))


def _write_stream(writer: Writer, stream: PullStream) -> None:
    writer.text(check_stream_name(stream.name))
    write_sequence(writer, stream.base)
    writer.optional(stream.position, write_position)


def read_pull(reader: Reader) -> Pull:
    """The payload of a pull."""
    pull = Pull(
        epoch=read_storable(reader, "epoch"),
        highest_head=read_sequence(reader),
        streams=reader.list_of(_read_stream, caps.PULL_STREAMS, "streams of a pull"),
        patterns=reader.list_of(read_pattern, caps.PULL_PATTERNS, "patterns of a pull"),
        extensions=read_extensions(reader),
    )
    _check_pull(pull)
    return pull


def _check_pull(pull: Pull) -> None:
    _ascending_names([stream.name for stream in pull.streams])
    for stream in pull.streams:
        reached = stream.base if stream.position is None else stream.position.sequence
        if stream.position is not None and reached <= stream.base:
            raise NonCanonical(f"the position in {stream.name} does not lie on top of its base")
        if reached > pull.highest_head:
            raise OutOfRange(f"the highest head is below what was received of {stream.name}")
        if reached > 0 and pull.epoch == 0:
            raise Inconsistent("the epoch is 0 only if nothing was received")
    if pull.highest_head > 0 and pull.epoch == 0:
        raise Inconsistent("the epoch is 0 only if nothing was received")


def write_pull(writer: Writer, pull: Pull) -> None:
    """The payload of a pull."""
    _check_pull(pull)
    write_storable(writer, pull.epoch, "epoch")
    write_sequence(writer, pull.highest_head)
    writer.list_of(pull.streams, _write_stream, caps.PULL_STREAMS)
    writer.list_of(pull.patterns, lambda output, pattern: output.text(check_pattern(pattern)), caps.PULL_PATTERNS)
    write_extensions(writer, pull.extensions)


def _read_entry(reader: Reader) -> OutlineEntry:
    name, remaining = read_stream_name(reader), reader.varint()
    return _checked_entry(OutlineEntry(name, remaining))


def _checked_entry(entry: OutlineEntry) -> OutlineEntry:
    if entry.remaining > caps.OUTLINE_ENTRIES:
        raise TooLarge(f"an outline announces at most 2^40 entries of {entry.stream}")
    return entry


def _write_entry(writer: Writer, entry: OutlineEntry) -> None:
    writer.text(check_stream_name(entry.stream))
    writer.varint(_checked_entry(entry).remaining)


def read_outline(reader: Reader) -> Outline:
    """The payload of an outline."""
    head, entries = read_sequence(reader), reader.list_of(_read_entry, caps.PULL_STREAMS, "streams of an outline")
    _ascending_names([entry.stream for entry in entries])
    return Outline(head, entries, read_extensions(reader))


def write_outline(writer: Writer, outline: Outline) -> None:
    """The payload of an outline."""
    _ascending_names([entry.stream for entry in outline.entries])
    write_sequence(writer, outline.head)
    writer.list_of(outline.entries, _write_entry, caps.PULL_STREAMS)
    write_extensions(writer, outline.extensions)


def read_complete(reader: Reader) -> Complete:
    """The payload of a complete."""
    return Complete(*_read_end(reader))


def read_reached(reader: Reader) -> Reached:
    """The payload of a reached."""
    return Reached(*_read_end(reader))


def _read_end(reader: Reader) -> tuple[Signed[Checkpoint], tuple[Proof | None, ...], Extensions]:
    checkpoint = read_signed_checkpoint(reader)
    proofs = reader.list_of(lambda item: item.optional(read_proof), caps.PULL_STREAMS, "proofs")
    extensions = read_extensions(reader)
    # A header that cannot be read is refused with its frame.
    _ = Complete(checkpoint, proofs, extensions).commit
    return checkpoint, proofs, extensions


def write_end(writer: Writer, end: End) -> None:
    """The payload of a complete, or of a reached."""
    write_signed(writer, end.checkpoint)
    writer.list_of(end.proofs, lambda output, proof: output.optional(proof, write_proof), caps.PULL_STREAMS)
    write_extensions(writer, end.extensions)
