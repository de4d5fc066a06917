"""digest.json: digests, trees, chains and real signatures. The file is what tools/make_digest_vectors.py writes."""

from __future__ import annotations

import hashlib
import unittest
from collections.abc import Callable
from typing import Any
from uuid import UUID

from almanac import ed25519
from almanac.chain import Commit, Header, chain_after, chain_start
from almanac.errors import BadSignature
from almanac.lthash import Digest, expansion, record_key
from almanac.merkle import node, path_root, tree_path, tree_root
from almanac.reader import whole
from almanac.records import decode_record, encode_record
from almanac.statements import read_chain, read_signed_checkpoint, read_signed_delegation, read_signed_receipts, signed_bytes
from tests import vectors
from tests.test_preimages import path, proof
from tools import make_digest_vectors

Vector = dict[str, Any]
FILE = vectors.load("digest")
RECORDS = {vector["name"]: bytes.fromhex(vector["record"]) for vector in FILE["expansions"]}
READERS = {"delegation": read_signed_delegation, "checkpoint": read_signed_checkpoint, "receipts": read_signed_receipts}


class DigestTests(unittest.TestCase):
    """Every vector of digest.json."""

    def test_the_file_is_what_the_tool_writes(self) -> None:
        written = (vectors.FOLDER / "digest.json").read_text(encoding="utf-8")
        self.assertEqual(written, make_digest_vectors.text())

    def test_every_vector(self) -> None:
        checks: dict[str, Callable[[Vector], None]] = {
            "expansions": self.check_expansion,
            "digests": self.check_digest,
            "leaves": self.check_leaf,
            "nodes": self.check_node,
            "trees": self.check_tree,
            "chains": self.check_chain,
            "statements": self.check_statement,
            "delegation_chains": self.check_delegation_chain,
            "refused_signatures": self.check_refused,
        }
        self.assertEqual(set(FILE) - {"about"}, set(checks))
        for kind, check in checks.items():
            self.assertTrue(FILE[kind], f"there are no {kind}")
            for vector in FILE[kind]:
                with self.subTest(kind=kind, vector=vector.get("name")):
                    check(vector)

    def check_expansion(self, vector: Vector) -> None:
        data = bytes.fromhex(vector["record"])
        self.assertEqual(encode_record(decode_record(data)), data)
        self.assertEqual(record_key(data).hex(), vector["key"])
        self.assertEqual(expansion(data)[:64].hex(), vector["expansion_first_64"])

    def check_digest(self, vector: Vector) -> None:
        digest = Digest()
        for name in vector["removed"]:
            digest.remove(RECORDS[name])
        for name in reversed(vector["added"]):
            digest.add(RECORDS[name])
        self.assertEqual(digest.data[:32].hex(), vector["first_32"])
        self.assertEqual(digest.data[-32:].hex(), vector["last_32"])
        self.assertEqual(hashlib.sha256(digest.data).hexdigest(), vector["digest_hash"])

    def check_leaf(self, vector: Vector) -> None:
        self.assertEqual(proof(vector | {"path": []}).root(vector["stream"]).hex(), vector["leaf"])

    def check_node(self, vector: Vector) -> None:
        self.assertEqual(node(bytes.fromhex(vector["left"]), bytes.fromhex(vector["right"])).hex(), vector["node"])

    def check_tree(self, vector: Vector) -> None:
        leaves = [bytes.fromhex(leaf["leaf"]) for leaf in FILE["leaves"][: int(vector["leaves"])]]
        self.assertEqual(tree_root(leaves).hex(), vector["root"])
        self.assertEqual(len(vector["paths"]), len(leaves))
        for index, steps in enumerate(vector["paths"]):
            self.assertEqual(tree_path(leaves, index), path(steps))
            self.assertEqual(path_root(leaves[index], path(steps)).hex(), vector["root"])

    def check_chain(self, vector: Vector) -> None:
        before = chain_start(UUID(vector["dataset"]), int(vector["epoch"]))
        self.assertEqual(before.hex(), vector["start"])
        for link in vector["links"]:
            header = Header(bytes.fromhex(link["salt"]), int(link["time"]), link["author"], link["message"])
            self.assertEqual(header.hash.hex(), link["header"])
            before = chain_after(before, Commit(int(link["sequence"]), header.hash, bytes.fromhex(link["root"])))
            self.assertEqual(before.hex(), link["chain"])

    def check_statement(self, vector: Vector) -> None:
        signed: Any = whole(bytes.fromhex(vector["signed"]), READERS[vector["kind"]])
        self.assertEqual(signed_bytes(signed.statement).hex(), vector["signed_bytes"])
        self.assertEqual(signed.signature.hex(), vector["signature"])
        self.assertEqual(signed.verify(bytes.fromhex(vector["public_key"])), signed.statement)
        with self.assertRaises(BadSignature):
            signed.verify(bytes(32))

    def check_delegation_chain(self, vector: Vector) -> None:
        chain = whole(bytes.fromhex(vector["bytes"]), read_chain)
        self.assertEqual(hashlib.sha256(chain.root_key).hexdigest(), vector["pin"])
        chain.certificate_authority.verify(chain.root_key)
        chain.checkpoint_key.verify(chain.root_key)
        checkpoint_keys = [entry["public_key"] for entry in FILE["statements"] if entry["kind"] == "checkpoint"]
        self.assertEqual([chain.checkpoint_key.statement.subject.hex()], checkpoint_keys)

    def check_refused(self, vector: Vector) -> None:
        public, message = bytes.fromhex(vector["public_key"]), bytes.fromhex(vector["signed_bytes"])
        self.assertFalse(ed25519.verifies(public, message, bytes.fromhex(vector["signature"])))
