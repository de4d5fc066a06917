"""What a replica says of itself: its cursor, the checkpoint that proves it, and its streams."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from uuid import UUID

from almanac.errors import Inconsistent
from almanac.lthash import Digest
from almanac.merkle import Proof, read_proof, write_proof
from almanac.reader import whole
from almanac.statements import Checkpoint, DelegationChain, Signed, read_chain, read_signed_checkpoint, write_chain, write_signed
from almanac.writer import written


@dataclass(frozen=True, slots=True)
class Cursor:
    """Everything up to there is in the replica. `delegations` are those under which the checkpoint was signed, newer ones may be
    known by now; `synced` is the time of the last sync, in milliseconds.
    """

    dataset: UUID
    epoch: int
    sequence: int
    checkpoint: Signed[Checkpoint]
    delegations: DelegationChain
    synced: int


@dataclass(slots=True)
class StreamState:
    """A stream of the replica: its digest and the number of its records, and the proof of the last checkpoint."""

    number: int
    digest: Digest
    count: int
    proof: Proof | None

    @property
    def is_proven(self) -> bool:
        """Whether digest and count are those of the proof, or of the empty set where there is none."""
        expected = (0, Digest().hash) if self.proof is None else (self.proof.count, self.proof.digest_hash)
        return (self.count, self.digest.hash) == expected


def read_cursor(db: sqlite3.Connection) -> Cursor:
    """The cursor; a replica has one."""
    stored = db.execute("SELECT dataset, epoch, sequence, checkpoint, delegations, synced FROM _replica").fetchone()
    if stored is None:
        raise Inconsistent("the replica has no cursor")
    dataset, epoch, sequence, checkpoint, delegations, synced = stored
    if not all(isinstance(each, bytes) for each in (dataset, checkpoint, delegations)) or len(dataset) != 16:
        raise Inconsistent("the replica's cursor is damaged")
    return Cursor(
        UUID(bytes=dataset), epoch, sequence, whole(checkpoint, read_signed_checkpoint), whole(delegations, read_chain), synced
    )


def write_cursor(db: sqlite3.Connection, cursor: Cursor) -> None:
    """The cursor instead of the one before."""
    checkpoint = written(lambda writer: write_signed(writer, cursor.checkpoint))
    delegations = written(lambda writer: write_chain(writer, cursor.delegations))
    row = (cursor.dataset.bytes, cursor.epoch, cursor.sequence, checkpoint, delegations, cursor.synced)
    db.execute("INSERT OR REPLACE INTO _replica VALUES (1, ?, ?, ?, ?, ?, ?)", row)


def read_streams(db: sqlite3.Connection) -> dict[str, StreamState]:
    """The streams by their names."""
    found: dict[str, StreamState] = {}
    for number, name, digest, count, proof in db.execute("SELECT id, name, digest, count, proof FROM _streams ORDER BY name"):
        found[name] = StreamState(number, Digest(digest), count, None if proof is None else whole(proof, read_proof))
    return found


def add_stream(db: sqlite3.Connection, name: str) -> StreamState:
    """A stream without records."""
    number = db.execute("INSERT INTO _streams (name, digest, count) VALUES (?, ?, 0)", (name, Digest().data)).lastrowid
    return StreamState(number or 0, Digest(), 0, None)


def write_stream(db: sqlite3.Connection, state: StreamState) -> None:
    """What has become of a stream."""
    proof = state.proof
    stored = None if proof is None else written(lambda writer: write_proof(writer, proof))
    row = (state.digest.data, state.count, stored, state.number)
    db.execute("UPDATE _streams SET digest = ?, count = ?, proof = ? WHERE id = ?", row)
