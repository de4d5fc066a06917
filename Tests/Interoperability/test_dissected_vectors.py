"""The dissector shows what the golden vectors say. It needs no programs and no keys: the frames stand in a capture as they are."""

from __future__ import annotations

import json
import subprocess
import tempfile
import unittest
from pathlib import Path
from typing import Any

from capture import write_capture
from programs import ROOT

DISSECTOR = ROOT / "Protocol" / "wireshark" / "almanac.lua"
PUSH = 18
SENT_BY_CLIENTS = {1, 3, 5, 6, 10, 11, 13, 14, 15, PUSH}


def vectors(name: str, which: str) -> list[dict[str, Any]]:
    """The good or the refused vectors of a file."""
    found = json.loads((ROOT / "Protocol" / "vectors" / f"{name}.json").read_text(encoding="utf-8"))[which]
    assert found, f"{name}.json has no {which} vectors"
    return found


def varint(number: int) -> bytes:
    """A number in groups of seven bits."""
    groups = []
    while number >= 128:
        groups.append(number & 127 | 128)
        number >>= 7
    return bytes([*groups, number])


def push(operations: list[bytes]) -> bytes:
    """A frame with operations, whatever they are."""
    listed = b"".join(varint(len(operation)) + operation for operation in operations)
    statement = bytes(16) + varint(3) + b"key" + varint(len(operations)) + listed
    payload = varint(len(statement)) + statement + bytes(64)
    return len(payload).to_bytes(4, "big") + bytes([PUSH, 1, 0, 7]) + payload


class DissectedVectorTests(unittest.TestCase):
    """tshark with almanac.lua, on a connection without TLS."""

    def shown(self, frames: list[bytes]) -> str:
        """All that tshark shows of the frames, one after the other."""
        with tempfile.TemporaryDirectory() as folder:
            capture = Path(folder) / "capture.pcap"
            write_capture(capture, [(frame[4] not in SENT_BY_CLIENTS, frame) for frame in frames])
            command = ["tshark", "-n", "-r", str(capture), "-d", "tcp.port==7410,almanac"]
            command += ["-X", f"lua_script:{DISSECTOR}", "-O", "almanac"]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertNotIn("Lua Error", done.stdout + done.stderr)
        return done.stdout

    def test_every_message(self) -> None:
        good = vectors("messages", "good")
        shown = self.shown([bytes.fromhex(vector["hex"]) for vector in good])
        self.assertNotIn("Expert Info", shown)
        for vector in good:
            self.assertIn(f"Almanac {vector['decoded']['message']}, exchange", shown)
        self.assertEqual(shown.count("Almanac "), len(good))

    def test_operations(self) -> None:
        shown = self.shown([push([bytes.fromhex(vector["hex"]) for vector in vectors("operations", "good")[:3]])])
        self.assertNotIn("Expert Info", shown)
        self.assertIn("Almanac push, exchange 7: 3 operations", shown)
        for line in (
            "Operation a7a7a7a7-a7a7-a7a7-a7a7-a7a7a7a7a7a7",
            "Time: Nov 21, 2026 09:12:00.250000000 UTC",
            "Change: make a record of collection 5 in team/apac",
            "Value: text Fund II closed",
            "Value: text set {deal}",
            "Value: integer 17",
            "Message: Tidied",
            "Value: record made by change 0 of b8b8b8b8-b8b8-b8b8-b8b8-b8b8b8b8b8b8",
            "Change: edit record of collection 5 made by change 0 of a7a7a7a7-a7a7-a7a7-a7a7-a7a7a7a7a7a7",
            "Added: late",
            "Removed: deal",
            "Change: edit record 42 of collection 17",
            "Seen: null",
            "from team/apac to team/emea",
            "Change: delete record of collection 5",
            "Seen: decimal 103 · 10^-1",
            "New: decimal 99 · 10^-1",
        ):
            self.assertIn(line, shown)

    def test_receipts(self) -> None:
        good = {vector["name"]: bytes.fromhex(vector["hex"]) for vector in vectors("messages", "good")}
        shown = self.shown([good["receipts"]])
        for line in (
            "Almanac receipts, exchange 7: 2 applied, 2 rejected",
            "Receipt a7a7a7a7-a7a7-a7a7-a7a7-a7a7a7a7a7a7: applied, r4712",
            "Made: 300",
            "Conflict: 12",
            "rejected, not_allowed: only curators change the dataset",
            "rejected, reason 900",
        ):
            self.assertIn(line, shown)

    def test_roles(self) -> None:
        enrolled = next(vector for vector in vectors("messages", "good") if vector["decoded"]["message"] == "enrolled")
        name = enrolled["decoded"]["person"].encode()
        before, reader, after = bytes.fromhex(enrolled["hex"]).partition(name + b"\x01")
        self.assertTrue(reader)
        shown = self.shown([before + name + bytes([role]) + after for role in range(1, 5)])
        for number, role in enumerate(("reader", "annotator", "curator", "administrator"), 1):
            self.assertIn(f"Role: {role} ({number})", shown)

    def test_threat_1_operations_that_nobody_can_read(self) -> None:
        refused = [vector for vector in vectors("operations", "refused") if vector["type"] == "operation"]
        data = [bytes.fromhex(vector["hex"]) for vector in refused]
        last = bytes.fromhex(vectors("operations", "good")[0]["hex"])
        shown = self.shown([push([operation for operation in data if len(operation) >= 16] + [b"\xee" * 40, last])])
        self.assertIn("Expert Info (Warning/Undecoded)", shown)
        self.assertNotIn("Malformed", shown)
        self.assertIn("Value: text Fund II closed", shown, "what follows is shown all the same")


if __name__ == "__main__":
    unittest.main()
