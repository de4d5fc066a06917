"""Writes Protocol/vectors/digest.json. From Clients/python: `python3 -m tools.make_digest_vectors`."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from almanac import ed25519
from almanac.chain import Commit, chain_after, chain_start
from almanac.lthash import Digest, expansion, record_key
from almanac.merkle import Proof, Side, leaf_preimage, node, tree_path, tree_root
from almanac.receipts import ReceiptSheet
from almanac.statements import (
    Checkpoint,
    Delegation,
    DelegationChain,
    Signed,
    encode_statement,
    signed_bytes,
    write_chain,
    write_signed,
)
from almanac.writer import written
from tools import sample
from tools.ed25519_signing import public_key, sign

FILE = Path(__file__).resolve().parents[3] / "Protocol" / "vectors" / "digest.json"
ABOUT = "Sections 7 and 8: what digests, trees and chains come to, and real signatures. README.md describes the format."


def expansions() -> list[dict[str, str]]:
    """Key and first 64 bytes of the expansion, a record."""
    return [
        {"name": name, "record": data.hex(), "key": record_key(data).hex(), "expansion_first_64": expansion(data)[:64].hex()}
        for name, data in sample.records().items()
    ]


def _digest(name: str, added: list[str], removed: list[str]) -> dict[str, Any]:
    digest, records = Digest(), sample.records()
    for record in added:
        digest.add(records[record])
    for record in removed:
        digest.remove(records[record])
    return {
        "name": name,
        "added": added,
        "removed": removed,
        "first_32": digest.data[:32].hex(),
        "last_32": digest.data[-32:].hex(),
        "digest_hash": digest.hash.hex(),
    }


def digests() -> list[dict[str, Any]]:
    """Digests of sets, and of sets from which records were removed."""
    records = list(sample.records())
    return [
        _digest("no record", [], []),
        _digest("one record", records[:1], []),
        _digest("two records", records[:2], []),
        _digest("two records in the other order", records[1::-1], []),
        _digest("five records", records, []),
        _digest("five records without two", records, records[1:3]),
        _digest("a record replaced", records[:2] + records[2:3], records[1:2]),
        _digest("everything removed", records, records[::-1]),
        _digest("removed before it is added", [], records[:1]),
    ]


def _proofs() -> list[Proof]:
    return [
        Proof(bytes([0xA0 + index]) * 16, 300 * index, 1_000 * index + 1, hashlib.sha256(bytes([index])).digest(), ())
        for index in range(len(sample.STREAMS))
    ]


def leaves() -> list[dict[str, str]]:
    """The leaves of nine streams."""
    return [
        {
            "stream": stream,
            "salt": proof.salt.hex(),
            "last_change": str(proof.last_change),
            "count": str(proof.count),
            "digest_hash": proof.digest_hash.hex(),
            "leaf": hashlib.sha256(leaf_preimage(stream, proof)).hexdigest(),
        }
        for stream, proof in zip(sample.STREAMS, _proofs())
    ]


def _tree(count: int) -> dict[str, Any]:
    hashes = [bytes.fromhex(entry["leaf"]) for entry in leaves()[:count]]
    paths = [
        [{"left" if step.side is Side.LEFT else "right": step.sibling.hex()} for step in tree_path(hashes, index)]
        for index in range(count)
    ]
    return {"leaves": str(count), "root": tree_root(hashes).hex(), "paths": paths}


def chain() -> dict[str, Any]:
    """A chain of three commits."""
    before = chain_start(sample.DATASET, sample.EPOCH)
    content: dict[str, Any] = {"dataset": str(sample.DATASET), "epoch": str(sample.EPOCH), "start": before.hex(), "links": []}
    for sequence, header, root in sample.commits():
        before = chain_after(before, Commit(sequence, header.hash, root))
        words = {"salt": header.salt.hex(), "time": str(header.time), "author": header.author, "message": header.message}
        link = {"sequence": str(sequence), **words, "header": header.hash.hex(), "root": root.hex(), "chain": before.hex()}
        content["links"].append(link)
    return content


def _signed(kind: str, seed: bytes, statement: Delegation | Checkpoint | ReceiptSheet) -> dict[str, str]:
    signature = sign(seed, signed_bytes(statement))
    return {
        "kind": kind,
        "seed": seed.hex(),
        "public_key": public_key(seed).hex(),
        "statement": encode_statement(statement).hex(),
        "signed_bytes": signed_bytes(statement).hex(),
        "signature": signature.hex(),
        "signed": written(lambda writer: write_signed(writer, Signed(statement, signature))).hex(),
    }


def _statements() -> tuple[Delegation, Delegation, Checkpoint]:
    authority, key = sample.delegations(public_key(sample.CHECKPOINT_SEED))
    root = bytes.fromhex(_tree(9)["root"])
    return authority, key, sample.checkpoint(bytes.fromhex(chain()["links"][-1]["chain"]), root)


def statements() -> list[dict[str, str]]:
    """Two delegations, signed by the root key; a checkpoint and receipts, signed by the second's subject."""
    authority, key, checkpoint = _statements()
    return [
        _signed("delegation", sample.ROOT_SEED, authority),
        _signed("delegation", sample.ROOT_SEED, key),
        _signed("checkpoint", sample.CHECKPOINT_SEED, checkpoint),
        _signed("receipts", sample.CHECKPOINT_SEED, sample.receipts()),
    ]


def delegation_chain() -> dict[str, str]:
    """The chain of the two delegations, and the pin that leads to it."""
    root_key = public_key(sample.ROOT_SEED)
    first, second = (Signed(statement, sign(sample.ROOT_SEED, signed_bytes(statement))) for statement in _statements()[:2])
    content = DelegationChain(root_key, first, second)
    return {"pin": hashlib.sha256(root_key).hexdigest(), "bytes": written(lambda writer: write_chain(writer, content)).hex()}


def refused_signatures() -> list[dict[str, str]]:
    """Signatures that do not verify."""
    authority, key, checkpoint = _statements()
    message, seed = signed_bytes(checkpoint), sample.CHECKPOINT_SEED
    good, public = sign(seed, message), public_key(seed)
    scalar = int.from_bytes(good[32:], "little")
    other, beyond = encode_statement(checkpoint), good[:32] + (scalar + ed25519.ORDER).to_bytes(32, "little")
    root, first = public_key(sample.ROOT_SEED), signed_bytes(authority)
    receipts = sample.receipts()
    mistaken = Checkpoint.context + encode_statement(receipts)
    return [
        _refused("a bit of the statement", public, message[:-1] + bytes([message[-1] ^ 1]), good),
        _refused("a bit of the first half", public, message, bytes([good[0] ^ 1]) + good[1:]),
        _refused("a bit of the second half", public, message, good[:32] + bytes([good[32] ^ 1]) + good[33:]),
        _refused("the group's order added to the second half", public, message, beyond),
        _refused("another key", root, message, good),
        _refused("a key that is no point", bytes([2]) + bytes(31), message, good),
        _refused("without context", public, message, sign(seed, other)),
        _refused("another context", public, message, sign(seed, Delegation.context + other)),
        _refused("receipts in the context of a checkpoint", public, signed_bytes(receipts), sign(seed, mistaken)),
        _refused("of the other delegation", root, first, sign(sample.ROOT_SEED, signed_bytes(key))),
    ]


def _refused(name: str, public: bytes, message: bytes, signature: bytes) -> dict[str, str]:
    return {"name": name, "public_key": public.hex(), "signed_bytes": message.hex(), "signature": signature.hex()}


def content() -> dict[str, Any]:
    """All of digest.json."""
    left, right = bytes([0x33]) * 32, bytes([0x44]) * 32
    return {
        "about": ABOUT,
        "expansions": expansions(),
        "digests": digests(),
        "leaves": leaves(),
        "nodes": [{"left": left.hex(), "right": right.hex(), "node": node(left, right).hex()}],
        "trees": [_tree(count) for count in range(1, 10)],
        "chains": [chain()],
        "statements": statements(),
        "delegation_chains": [delegation_chain()],
        "refused_signatures": refused_signatures(),
    }


def text() -> str:
    """The file's text."""
    return json.dumps(content(), indent=2, ensure_ascii=False, sort_keys=True) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
