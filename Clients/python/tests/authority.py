"""An authority in memory: records, tombstones, commits, and the honest answer to a pull."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from almanac.chain import Commit, Header, chain_after, chain_start
from almanac.chunks import Change, Kind
from almanac.frames import Frame, MessageType
from almanac.lthash import Digest
from almanac.merkle import Proof, leaf_preimage, tree_path, tree_root
from almanac.messages import encode_message
from almanac.places import Position
from almanac.pull import Complete, Outline, OutlineEntry, Pull, PullStream, Reached, commit_extension
from almanac.records import Record, encode_record
from almanac.statements import Checkpoint, Delegation, DelegationChain, Signed, signed_bytes
from almanac.streams import pattern_matches
from almanac.values import INTEGER, REFERENCE, TEXT, Value
from tests.window_bytes import window_bytes
from tools.ed25519_signing import public_key, sign

DATASET = UUID("00112233-4455-6677-8899-aabbccddeeff")
DAY = 86_400_000
Values = Mapping[int, Value]


def seed(name: str) -> bytes:
    """A key's secret."""
    return hashlib.sha256(name.encode()).digest()


@dataclass
class Entry:
    """A record as the authority keeps it."""

    stream: str
    sequence: int
    born: int
    values: dict[int, Value]
    changed: dict[int, int]


@dataclass
class Authority:
    """Everything that it holds. `now` is the time of its signatures, in milliseconds. Whoever reads it from another thread than the
    one that commits holds the lock.
    """

    now: int
    certificate: bytes
    epoch: int = 1_790_000_000_000
    sequence: int = 0
    window_rows: int = 4
    entries: dict[tuple[int, int], Entry] = field(default_factory=dict)
    tombstones: dict[tuple[str, int, int], int] = field(default_factory=dict)
    last_changes: dict[str, int] = field(default_factory=dict)
    checkpoint_key: str = "checkpoint"
    delegation: int = 1
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.chain = chain_start(DATASET, self.epoch)

    @property
    def root_key(self) -> bytes:
        """The raw public key of the root."""
        return public_key(seed("root"))

    @property
    def delegations(self) -> DelegationChain:
        """What the root has signed."""
        start, end = self.now - DAY, self.now + DAY
        authority = Delegation(DATASET, 1, self.delegation, start, end, self.certificate)
        key = Delegation(DATASET, 2, self.delegation, start, end, public_key(seed(self.checkpoint_key)))
        return DelegationChain(
            self.root_key,
            Signed(authority, sign(seed("root"), signed_bytes(authority))),
            Signed(key, sign(seed("root"), signed_bytes(key))),
        )

    def commit(self, *changes: tuple[str, int, int, Values | None]) -> int:
        """One commit: stream, collection, record id and all values of a record, or None where it is deleted. Its sequence."""
        with self.lock:
            self.sequence += 1
            for stream, collection, record_id, values in changes:
                self._change(stream, collection, record_id, values)
            salt = hashlib.sha256(f"commit {self.sequence}".encode()).digest()[:16]
            self.header = Header(salt, self.now, "Mika", f"commit {self.sequence}")
            self.chain = chain_after(self.chain, Commit(self.sequence, self.header.hash, self.tree()[1]))
            return self.sequence

    def _change(self, stream: str, collection: int, record_id: int, values: Values | None) -> None:
        name, old = (collection, record_id), self.entries.get((collection, record_id))
        if old is not None and (values is None or old.stream != stream):
            self.tombstones[(old.stream, *name)] = self.sequence
            self.last_changes[old.stream] = self.sequence
            del self.entries[name]
            old = None
        if values is None:
            return
        self.tombstones.pop((stream, *name), None)
        self.last_changes[stream] = self.sequence
        before = {} if old is None else old.values
        changed = {} if old is None else dict(old.changed)
        changed |= {each: self.sequence for each in set(before) | set(values) if before.get(each) != values.get(each)}
        self.entries[name] = Entry(stream, self.sequence, self.sequence if old is None else old.born, dict(values), changed)

    def records(self, stream: str) -> list[Record]:
        """What is in a stream."""
        return [Record(*name, entry.sequence, entry.values) for name, entry in self.entries.items() if entry.stream == stream]

    def tree(self) -> tuple[dict[str, Proof], bytes]:
        """The proofs of all streams, and the root."""
        names = sorted(self.last_changes)
        bare = {name: self._leaf(name) for name in names}
        leaves = [hashlib.sha256(leaf_preimage(name, bare[name])).digest() for name in names]
        proofs = {name: replace(bare[name], path=tree_path(leaves, index)) for index, name in enumerate(names)}
        return proofs, tree_root(leaves)

    def _leaf(self, name: str) -> Proof:
        digest, records = Digest(), self.records(name)
        for record in records:
            digest.add(encode_record(record))
        last = self.last_changes[name]
        return Proof(hashlib.sha256(f"{name} {last}".encode()).digest()[:16], last, len(records), digest.hash, ())

    def checkpoint(self) -> Signed[Checkpoint]:
        """The signature over the head."""
        statement = Checkpoint(DATASET, self.epoch, self.sequence, self.chain, self.now, self.tree()[1], self.delegation)
        return self.signed(statement)

    def signed(self, statement: Checkpoint) -> Signed[Checkpoint]:
        """Any statement, signed by the checkpoint key."""
        return Signed(statement, sign(seed(self.checkpoint_key), signed_bytes(statement)))

    def names(self, pull: Pull) -> list[str]:
        """The streams of a pull."""
        matching = {name for name in self.last_changes if any(pattern_matches(pattern, name) for pattern in pull.patterns)}
        return sorted({stream.name for stream in pull.streams} | matching | {"reference"})

    def after(self, pull: Pull) -> Pull:
        """What a pull that follows is once it was answered."""
        streams = tuple(PullStream(name, self.sequence, None) for name in self.names(pull))
        return replace(pull, epoch=self.epoch, highest_head=self.sequence, streams=streams)

    def answer(self, pull: Pull, exchange: int, goes_on: bool = False) -> list[Frame]:
        """Outline, windows and end of a pull; or of a step of one that goes on."""
        asked = {stream.name: stream for stream in pull.streams}
        rest: dict[str, tuple[int, list[Change]]] = {}
        for name in sorted(self.names(pull), key=lambda each: (each != "reference", each)):
            base = asked[name].base if name in asked else 0
            position = asked[name].position if name in asked else None
            rest[name] = base, self._after(name, base, position or Position(base, 65_535, 2**63 - 1))
        entries = tuple(OutlineEntry(name, len(rest[name][1])) for name in sorted(rest))
        frames = [encode_message(Outline(self.sequence, entries), exchange)]
        for name, (base, changes) in rest.items():
            for start in range(0, len(changes), self.window_rows):
                part = changes[start : start + self.window_rows]
                payload = window_bytes(name, base, self.sequence, part[-1].place, part)
                frames.append(Frame(MessageType.WINDOW, False, exchange, payload))
        proofs = self.tree()[0]
        extensions = (commit_extension(self.header),) if self.shows_commit(pull) else ()
        ended = tuple(proofs.get(name) for name in sorted(rest))
        end = (Reached if goes_on else Complete)(self.checkpoint(), ended, extensions)
        return [*frames, encode_message(end, exchange)]

    def shows_commit(self, pull: Pull) -> bool:
        """Whether the reader lacks nothing but the last commit, and asks for everything."""
        cursor = max((stream.base for stream in pull.streams), default=0)
        return cursor > 0 and cursor + 1 == self.sequence and "*" in pull.patterns

    def _after(self, stream: str, base: int, position: Position) -> list[Change]:
        changes = [
            Change(Kind.TOMBSTONE, Position(sequence, *name[1:]), {})
            for name, sequence in self.tombstones.items()
            if name[0] == stream
        ]
        for name, entry in self.entries.items():
            place = Position(entry.sequence, *name)
            if entry.stream == stream and entry.born > base:
                changes.append(Change(Kind.WHOLE, place, entry.values))
            elif entry.stream == stream:
                fields = [each for each, sequence in entry.changed.items() if sequence > base]
                changes.append(Change(Kind.PATCH, place, {each: entry.values.get(each) for each in fields}))
        return sorted((change for change in changes if change.place > position), key=lambda change: change.place)


def text(content: str) -> Value:
    """A text."""
    return Value(TEXT, content)


def schema(collection: int, name: str, fields: Mapping[str, int], refers_to: Mapping[str, int] | None = None) -> list:
    """The changes that explain a collection whose fields have these types, its first field being the key."""
    changes: list = [("reference", 1, collection, {1: text(name), 4: text(name), 6: Value(INTEGER, 1)})]
    for number, (each, code) in enumerate(fields.items(), 1):
        values = {1: Value(REFERENCE, collection), 2: Value(INTEGER, number), 3: text(each), 4: Value(INTEGER, code)}
        if code == REFERENCE:
            values[5] = Value(REFERENCE, (refers_to or {})[each])
        changes.append(("reference", 2, collection * 1_000 + number, values))
    return changes
