"""The tree over the streams' leaves, and the paths in it (section 7)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from almanac import caps
from almanac.errors import OutOfRange, UnknownCode
from almanac.places import read_sequence, read_storable, write_sequence, write_storable
from almanac.reader import Reader
from almanac.streams import check_stream_name
from almanac.writer import Writer


class Side(Enum):
    """Where a sibling stands."""

    LEFT = 0
    RIGHT = 1


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path towards the root: the sibling and its side."""

    side: Side
    sibling: bytes


@dataclass(frozen=True, slots=True)
class Proof:
    """What a leaf is made of, but for the name of its stream, and its path to the root."""

    salt: bytes
    last_change: int
    count: int
    digest_hash: bytes
    path: tuple[Step, ...]

    def root(self, stream: str) -> bytes:
        """The root to which this proof leads for that stream."""
        return path_root(hashlib.sha256(leaf_preimage(stream, self)).digest(), self.path)


def leaf_preimage(stream: str, proof: Proof) -> bytes:
    """What is hashed to a leaf."""
    writer = Writer()
    writer.raw(b"\x00")
    writer.fixed(proof.salt, 16)
    writer.text(check_stream_name(stream))
    write_sequence(writer, proof.last_change)
    write_storable(writer, proof.count, "count")
    writer.fixed(proof.digest_hash, 32)
    return writer.data


def node_preimage(left: bytes, right: bytes) -> bytes:
    """What is hashed to a node above two others."""
    return b"\x01" + left + right


def node(left: bytes, right: bytes) -> bytes:
    """The node above two others."""
    return hashlib.sha256(node_preimage(left, right)).digest()


def _split(count: int) -> int:
    """The largest power of two below `count`, which is at least 2."""
    return 1 << ((count - 1).bit_length() - 1)


def tree_root(leaves: Sequence[bytes]) -> bytes:
    """The root of at least one leaf."""
    if not leaves:
        raise OutOfRange("a tree has at least one leaf")
    if len(leaves) == 1:
        return leaves[0]
    middle = _split(len(leaves))
    return node(tree_root(leaves[:middle]), tree_root(leaves[middle:]))


def tree_path(leaves: Sequence[bytes], index: int) -> tuple[Step, ...]:
    """The path of the leaf at `index`, from the leaf upwards."""
    if not 0 <= index < len(leaves):
        raise OutOfRange(f"there is no leaf {index}")
    if len(leaves) == 1:
        return ()
    middle = _split(len(leaves))
    if index < middle:
        return tree_path(leaves[:middle], index) + (Step(Side.RIGHT, tree_root(leaves[middle:])),)
    return tree_path(leaves[middle:], index - middle) + (Step(Side.LEFT, tree_root(leaves[:middle])),)


def path_root(leaf: bytes, path: Sequence[Step]) -> bytes:
    """The root to which a path leads from a leaf."""
    for step in path:
        leaf = node(step.sibling, leaf) if step.side is Side.LEFT else node(leaf, step.sibling)
    return leaf


def read_proof(reader: Reader) -> Proof:
    """Salt, last change, count, hash of the digest, path."""
    return Proof(
        salt=reader.fixed(16),
        last_change=read_sequence(reader),
        count=read_storable(reader, "count"),
        digest_hash=reader.fixed(32),
        path=reader.list_of(_read_step, caps.PATH, "path"),
    )


def _read_step(reader: Reader) -> Step:
    side = reader.u8()
    if side > 1:
        raise UnknownCode(f"side {side} is not defined")
    return Step(Side(side), reader.fixed(32))


def write_proof(writer: Writer, proof: Proof) -> None:
    """Salt, last change, count, hash of the digest, path."""
    writer.fixed(proof.salt, 16)
    write_sequence(writer, proof.last_change)
    write_storable(writer, proof.count, "count")
    writer.fixed(proof.digest_hash, 32)
    writer.list_of(proof.path, _write_step, caps.PATH)


def _write_step(writer: Writer, step: Step) -> None:
    writer.u8(step.side.value)
    writer.fixed(step.sibling, 32)
