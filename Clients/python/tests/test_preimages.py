"""preimages.json: what SHA-256 is applied to, made from what the vectors say."""

from __future__ import annotations

import datetime
import unittest
from typing import Any
from uuid import UUID

from almanac.chain import Commit, Header, header_preimage, link_preimage, start_preimage
from almanac.merkle import Proof, Side, Step, leaf_preimage, node_preimage
from tests import vectors


def milliseconds(text: str) -> int:
    """The instant that ISO 8601 text says."""
    moment = datetime.datetime.fromisoformat(text)
    start = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
    return (moment - start) // datetime.timedelta(milliseconds=1)


def path(steps: list[dict[str, str]]) -> tuple[Step, ...]:
    """A path as vectors write it."""
    pairs = [next(iter(step.items())) for step in steps]
    return tuple(Step(Side[side.upper()], bytes.fromhex(sibling)) for side, sibling in pairs)


def proof(content: dict[str, Any]) -> Proof:
    """A proof as vectors write it."""
    salt, digest_hash = bytes.fromhex(content["salt"]), bytes.fromhex(content["digest_hash"])
    return Proof(salt, int(content["last_change"]), int(content["count"]), digest_hash, path(content["path"]))


def _chain_link(content: dict[str, Any]) -> bytes:
    commit = Commit(int(content["sequence"]), bytes.fromhex(content["header"]), bytes.fromhex(content["root"]))
    return link_preimage(bytes.fromhex(content["before"]), commit)


def _commit_header(content: dict[str, Any]) -> bytes:
    salt, time = bytes.fromhex(content["salt"]), milliseconds(content["time"])
    return header_preimage(Header(salt, time, content["author"], content["message"]))


MAKERS = {
    "preimage leaf": lambda content: leaf_preimage(content["stream"], proof(content["proof"])),
    "preimage node": lambda content: node_preimage(bytes.fromhex(content["left"]), bytes.fromhex(content["right"])),
    "preimage chain start": lambda content: start_preimage(UUID(content["dataset"]), int(content["epoch"])),
    "preimage commit header": _commit_header,
    "preimage chain link": _chain_link,
}


class PreimageTests(unittest.TestCase):
    """preimages.json."""

    def test_preimages(self) -> None:
        good, refused = vectors.good_and_refused("preimages")
        self.assertEqual(refused, [], "preimages are never decoded")
        for vector in good:
            with self.subTest(vector=vector["name"]):
                self.assertEqual(MAKERS[vector["type"]](vector["decoded"]).hex(), vector["hex"])
